package greenlet.lab.advise.task;

import greenlet.lab.advise.Subject;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A task given as one Java file, compiled when it is needed.
 *
 * <p>Immutable.
 */
public final class SourceFile {
    private static final int MOST_ERRORS = 10;

    private SourceFile() {}

    /**
     * Compiles a file and finds the task in it: the class that is named like the file, else the first that is a task.
     *
     * @param source the file
     * @param classPath what it needs beside the JDK and the lab
     * @param folder an empty folder for the classes
     * @return the subject
     * @throws BadTaskException if it cannot be read, does not compile, or has no task in it
     * @throws IOException if the classes cannot be written
     */
    public static Subject.Code compile(Path source, List<Path> classPath, Path folder)
            throws BadTaskException, IOException {
        if (!Files.isRegularFile(source)) {
            throw new BadTaskException(
                    "Cannot read '" + source + "': there is no such file. Name a Java file, or a class with --task.");
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new BadTaskException("Cannot compile " + source
                    + ": this Java has no compiler. Run it on a JDK, not a JRE: ./greenlet --find-jdk tells"
                    + " which one.");
        }
        run(compiler, source, classPath, folder);
        List<Path> places = new ArrayList<>(List.of(folder));
        places.addAll(classPath);
        String stem = source.getFileName().toString().replaceFirst("\\.java$", "");
        List<String> names = ClassNames.on(List.of(folder)).all().stream()
                .sorted(java.util.Comparator.comparing(name -> !name.equals(stem) && !name.endsWith("." + stem)))
                .toList();
        Optional<String> task = TaskFinder.firstTask(places, names);
        if (task.isEmpty()) {
            throw new BadTaskException("Cannot find a task in " + source + ": of its classes ("
                    + String.join(", ", names)
                    + ") none is a Runnable, Callable or greenlet.lab.advise.Workload. Let one implement one of the"
                    + " three.");
        }
        return new Subject.Code(source.getFileName().toString(), task.get(), places, List.of());
    }

    private static void run(JavaCompiler compiler, Path source, List<Path> classPath, Path folder)
            throws BadTaskException, IOException {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            new StringWriter(),
                            files,
                            found,
                            options(classPath, folder),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new BadTaskException("Cannot compile " + source + ":\n" + errors(found, source)
                        + "\nMend it; what it needs beside the JDK goes into --classpath DIR:JAR.");
            }
        }
    }

    private static List<String> options(List<Path> classPath, Path folder) {
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        String whole = path.isEmpty()
                ? System.getProperty("java.class.path")
                : path + File.pathSeparator + System.getProperty("java.class.path");
        return List.of("-d", folder.toString(), "-cp", whole, "-proc:none", "-parameters", "-g");
    }

    private static String errors(DiagnosticCollector<JavaFileObject> found, Path source) {
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .limit(MOST_ERRORS)
                .map(diagnostic -> "  " + source.getFileName() + ":" + diagnostic.getLineNumber() + ":"
                        + diagnostic.getColumnNumber() + ": " + diagnostic.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }
}
