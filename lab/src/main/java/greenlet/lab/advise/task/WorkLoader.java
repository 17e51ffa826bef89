package greenlet.lab.advise.task;

import greenlet.lab.advise.Problem;
import greenlet.lab.advise.worker.Job;
import greenlet.lab.advise.worker.Places;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the work of a class, inside the worker. */
public final class WorkLoader {
    /** The work cannot be had. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unusable(Problem problem) {
            super(problem.what());
            this.problem = problem;
        }

        /** {@return why} Not a switch point. */
        public Problem problem() {
            return problem;
        }
    }

    private WorkLoader() {}

    /**
     * Loads a class and makes an instance. The calling thread's context class loader is the task's from then on.
     *
     * @param className its name
     * @param classPath where it is; empty for a class of the lab
     * @return the job
     * @throws Unusable if that fails
     */
    public static Job load(String className, List<Path> classPath) throws Unusable {
        // The loader is needed as long as the worker lives.
        @SuppressWarnings("resource")
        ClassLoader loader = classPath.isEmpty() ? WorkLoader.class.getClassLoader() : TaskClassLoader.of(classPath);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Class<?> type = Class.forName(className, true, loader);
            TaskKind kind = TaskKind.of(type)
                    .orElseThrow(() -> unusable(Problem.Kind.THROWS, className + " is no task any more"));
            return new TaskJob(instance(type), kind);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw unusable(Problem.Kind.THROWS, "its constructor threw " + Places.words(cause));
        } catch (ExceptionInInitializerError thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw unusable(Problem.Kind.THROWS, "its static initialiser threw " + Places.words(cause));
        } catch (ReflectiveOperationException | LinkageError broken) {
            throw unusable(
                    Problem.Kind.THROWS,
                    "it could not be loaded: " + Places.words(broken) + ". What it needs goes into --classpath");
        }
    }

    private static Object instance(Class<?> type) throws Unusable, ReflectiveOperationException {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException none) {
            String wants = Arrays.stream(type.getDeclaredConstructors())
                    .map(constructor -> Arrays.stream(constructor.getParameterTypes())
                            .map(Class::getSimpleName)
                            .collect(Collectors.joining(", ", "(", ")")))
                    .collect(Collectors.joining(" or "));
            throw unusable(
                    Problem.Kind.NEEDS_ARGUMENTS,
                    type.getName() + " has no constructor without parameters, only " + wants
                            + ". Give it one, or write a Runnable that makes it with the arguments");
        }
    }

    private static Unusable unusable(Problem.Kind kind, String what) {
        return new Unusable(new Problem(kind, null, 0, what));
    }
}
