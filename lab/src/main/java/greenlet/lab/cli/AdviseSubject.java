package greenlet.lab.cli;

import greenlet.lab.advise.Shape;
import greenlet.lab.advise.Subject;
import greenlet.lab.advise.example.Jdbc;
import greenlet.lab.advise.example.Tasks;
import greenlet.lab.advise.task.BadTaskException;
import greenlet.lab.advise.task.SourceFile;
import greenlet.lab.advise.task.TaskFinder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code advise} is asked on, in one of four ways. */
final class AdviseSubject {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE.java",
            description = "A Java file with a Runnable, Callable or greenlet.lab.advise.Workload in it.")
    private @Nullable Path source;

    @Option(
            names = "--task",
            paramLabel = "CLASS",
            description = "A class that is a Runnable, Callable or greenlet.lab.advise.Workload.")
    private @Nullable String task;

    @Option(
            names = {"--classpath", "--class-path", "-cp"},
            paramLabel = "PATH",
            description = "Folders and jars, separated as for java.")
    private @Nullable String classPath;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "One of the lab's own: http-client, echo-server, video, matrix, jdbc, mixed.")
    private @Nullable String example;

    @Option(
            names = "--jdbc-url",
            paramLabel = "URL",
            description = "For the example jdbc: a PostgreSQL that may be asked something, such as"
                    + " jdbc:postgresql://localhost/postgres?user=postgres.")
    private @Nullable String jdbcUrl;

    @Option(names = "--connections", paramLabel = "N", description = "Connections that are open at once.")
    private @Nullable Integer connections;

    @Option(names = "--wait-ms", paramLabel = "MS", description = "How long a request waits for others.")
    private double waitMillis;

    @Option(names = "--cpu-ms", paramLabel = "MS", description = "How long a request computes.")
    private double cpuMillis;

    @Option(names = "--shared-state", description = "Requests read and change state that all share.")
    private boolean sharedState;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests a second over all connections. Without it: as many as are possible.")
    private double rate;

    /**
     * A subject and what is to be removed after it was measured.
     *
     * @param subject the subject
     * @param folder compiled classes; {@code null} if there are none
     */
    record Opened(Subject subject, @Nullable Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (folder == null) {
                return;
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    Opened open() throws IOException {
        long given = Stream.of(source, task, example, connections)
                .filter(one -> one != null)
                .count();
        if (given != 1) {
            throw new Refusal((given == 0 ? "Nothing to advise on." : "Cannot advise on several things at once.")
                    + " Give one of: --connections N with --wait-ms and --cpu-ms; --task CLASS; FILE.java;"
                    + " --example NAME.");
        }
        try {
            Path file = source;
            String className = task;
            Integer count = connections;
            String ours = example;
            if (file != null) {
                return compiled(file);
            }
            if (ours != null) {
                return new Opened(example(ours), null);
            }
            return new Opened(
                    className != null ? TaskFinder.find(className, places()) : numbers(count == null ? 0 : count),
                    null);
        } catch (BadTaskException bad) {
            throw new Refusal(String.valueOf(bad.getMessage()));
        }
    }

    private Opened compiled(Path file) throws BadTaskException, IOException {
        if (!file.toString().endsWith(".java")) {
            throw new Refusal("Cannot take '" + file + "' as a Java file: its name does not end in .java."
                    + " For a class give --task " + file + " --classpath DIR:JAR.");
        }
        Path folder = Files.createTempDirectory("greenlet-advise");
        try {
            return new Opened(SourceFile.compile(file, places(), folder), folder);
        } catch (BadTaskException bad) {
            new Opened(new Subject.Code("", "", List.of(), List.of()), folder).close();
            throw bad;
        }
    }

    private Subject example(String name) {
        Tasks chosen = Choice.of("example of advise", List.of(name), Tasks.all(), Tasks::label)
                .getFirst();
        String url = jdbcUrl;
        if (chosen == Tasks.JDBC && (url == null || !url.startsWith("jdbc:postgresql:"))) {
            throw new Refusal("Cannot measure example jdbc without a database: it needs a PostgreSQL."
                    + " Start one (docker run -p 5432:5432 -e POSTGRES_PASSWORD=x postgres) and give"
                    + " --jdbc-url 'jdbc:postgresql://localhost/postgres?user=postgres&password=x'.");
        }
        return chosen.subject(url == null ? List.of() : List.of(Jdbc.URL + "=" + url));
    }

    private Subject numbers(int count) {
        try {
            return new Subject.Numbers(
                    new Shape(count, Math.round(waitMillis * 1e6), Math.round(cpuMillis * 1e6), sharedState, rate));
        } catch (IllegalArgumentException bad) {
            throw new Refusal(String.valueOf(bad.getMessage()));
        }
    }

    private List<Path> places() {
        String path = classPath;
        if (path == null) {
            return List.of(Path.of("."));
        }
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .flatMap(AdviseSubject::expand)
                .toList();
    }

    /** {@code lib/*} stands for the jars in a folder, as for java. */
    private static Stream<Path> expand(String entry) {
        if (!entry.equals("*") && !entry.endsWith("/*")) {
            return Stream.of(Path.of(entry));
        }
        Path folder = Path.of(entry.equals("*") ? "." : entry.substring(0, entry.length() - 2));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException unreadable) {
            return Stream.of(folder);
        }
    }
}
