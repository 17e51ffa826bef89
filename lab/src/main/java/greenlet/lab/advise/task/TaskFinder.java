package greenlet.lab.advise.task;

import greenlet.lab.advise.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a task's class without running any of its code.
 *
 * <p>Immutable.
 */
public final class TaskFinder {
    private static final int SUGGESTIONS = 3;
    private static final int LOOKED_AT = 2_000;
    private static final String KINDS = "Runnable, Callable or greenlet.lab.advise.Workload";

    private TaskFinder() {}

    /**
     * Finds a class. May block on file I/O.
     *
     * @param className its full name; a nested class's with {@code $} or a dot
     * @param classPath folders and jars
     * @return the subject
     * @throws BadTaskException if there is no such class or it is no task; the message names those that are like it
     */
    public static Subject.Code find(String className, List<Path> classPath) throws BadTaskException {
        for (Path entry : classPath) {
            if (!Files.exists(entry)) {
                throw new BadTaskException("Cannot look for " + className + " in '" + entry
                        + "': there is no such folder or jar. Name one that there is: --classpath DIR:JAR.");
            }
        }
        try (TaskClassLoader loader = TaskClassLoader.of(classPath)) {
            Optional<Class<?>> found = load(loader, className);
            if (found.isEmpty()) {
                throw new BadTaskException("Cannot find class " + className + " on the class path "
                        + words(classPath) + "."
                        + suggestion(className, ClassNames.on(classPath).all(), "Is it ")
                        + " Name it in full, with its package, and where it is: --classpath DIR:JAR.");
            }
            if (TaskKind.of(found.get()).isEmpty()) {
                throw new BadTaskException("Cannot take " + className + " as a task: it is "
                        + what(found.get()) + " and no " + KINDS + "."
                        + suggestion(className, tasks(loader, classPath), "These are: ")
                        + " Let it implement one of the three.");
            }
            return new Subject.Code(className, found.get().getName(), classPath, List.of());
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot close the class path " + words(classPath) + ".", broken);
        }
    }

    /** The first class among some, in their order, that is a task. */
    static Optional<String> firstTask(List<Path> classPath, List<String> names) throws IOException {
        try (TaskClassLoader loader = TaskClassLoader.of(classPath)) {
            return names.stream()
                    .filter(name -> load(loader, name).flatMap(TaskKind::of).isPresent())
                    .findFirst();
        }
    }

    private static Optional<Class<?>> load(TaskClassLoader loader, String name) {
        String candidate = name;
        while (true) {
            try {
                return Optional.of(Class.forName(candidate, false, loader));
            } catch (ClassNotFoundException | LinkageError notThis) {
                int dot = candidate.lastIndexOf('.');
                if (dot < 0) {
                    return Optional.empty();
                }
                // com.acme.Outer.Inner, as it is written in a program.
                candidate = candidate.substring(0, dot) + "$" + candidate.substring(dot + 1);
            }
        }
    }

    private static List<String> tasks(TaskClassLoader loader, List<Path> classPath) {
        return ClassNames.on(classPath).all().stream()
                .limit(LOOKED_AT)
                .filter(name -> load(loader, name).flatMap(TaskKind::of).isPresent())
                .toList();
    }

    private static String suggestion(String wanted, List<String> among, String start) {
        List<String> near = ClassNames.nearest(wanted, among, SUGGESTIONS);
        List<String> named = near.isEmpty() && start.startsWith("These")
                ? among.stream().limit(SUGGESTIONS).toList()
                : near;
        if (named.isEmpty()) {
            return "";
        }
        return " " + start + String.join(start.startsWith("Is") ? " or " : ", ", named)
                + (start.startsWith("Is") ? "?" : ".");
    }

    private static String what(Class<?> type) {
        return type.isInterface() ? "an interface" : type.isEnum() ? "an enum" : "a class";
    }

    private static String words(List<Path> classPath) {
        return classPath.isEmpty() ? "(which is empty)" : classPath.toString();
    }
}
