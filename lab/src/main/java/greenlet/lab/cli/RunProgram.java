package greenlet.lab.cli;

import greenlet.lab.run.HubCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code greenlet run}: runs a program that knows nothing of hubs on one, in a JVM of its own.
 *
 * <p>The launcher asks for the command line of that JVM, through a file, and becomes it: same process, signals and exit status. Started in
 * another way, this command starts that JVM as a child and waits.
 */
@Command(
        name = "run",
        description = "Runs a program's main, unmodified, on a hub: one green thread at a time.",
        mixinStandardHelpOptions = true,
        footer = {"", "Try: greenlet run --watch app.jar", "What is different from java -jar: docs/run.md"})
final class RunProgram implements Callable<Integer> {
    /** Names the file in which the launcher expects the command line. */
    static final String PLAN = "GREENLET_RUN_PLAN";

    private static final long DEFAULT_LIMIT_MILLIS = 100;
    private static final String DEFAULT_SIGNAL = "USR1";

    @Option(
            names = "--watch",
            description =
                    "Log who keeps the hub for over 100 ms, deadlocks, and when nothing has been pending for 10 s.")
    private boolean watch;

    @Option(
            names = "--watch-limit",
            paramLabel = "MS",
            description = "The same with another limit for who keeps the hub.")
    private @Nullable Long watchLimit;

    @Option(
            names = "--idle-limit",
            paramLabel = "MS",
            description = "The same with another limit for a hub in which nothing is pending.")
    private @Nullable Long idleLimit;

    @Option(names = "--dump-on-signal", description = "Print all green threads to standard error on SIGUSR1.")
    private boolean dumpOnSignal;

    @Option(names = "--signal", paramLabel = "NAME", description = "The same on another signal, as HUP.")
    private @Nullable String signal;

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            description = "Options for the JVM, separated by blanks, with quotes as in a shell: "
                    + "\"-Xmx1g -Dkey='a b'\". May be repeated.")
    private List<String> jvm = List.of();

    @Option(
            names = {"-cp", "--class-path"},
            paramLabel = "PATH",
            description = "Where the class is; default: CLASSPATH, else the working directory. Not with a jar.")
    private @Nullable String classPath;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM",
            description = "A jar whose name ends in .jar, or the name of a class; then its arguments.")
    private List<String> program = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        HubCommand command = command();
        String plan = System.getenv(PLAN);
        if (plan != null) {
            Files.writeString(Path.of(plan), command.forShell(), StandardCharsets.UTF_8);
            return ExitCode.OK;
        }
        return runAsChild(command);
    }

    private HubCommand command() {
        requireAMillisecond("--watch-limit", watchLimit);
        requireAMillisecond("--idle-limit", idleLimit);
        boolean watched = watch || idleLimit != null;
        HubCommand command = new HubCommand(
                jvm.stream()
                        .flatMap(options -> JvmOptions.words(options).stream())
                        .toList(),
                classPath,
                watched && watchLimit == null ? Long.valueOf(DEFAULT_LIMIT_MILLIS) : watchLimit,
                idleLimit,
                dumpOnSignal && signal == null ? DEFAULT_SIGNAL : signal,
                program.getFirst(),
                program.subList(1, program.size()));
        if (command.isJar() && classPath != null) {
            throw new Refusal("--class-path has no effect on a jar: its manifest says where its libraries are. "
                    + "Leave it out, or name the main class instead of the jar.");
        }
        return command;
    }

    private static void requireAMillisecond(String option, @Nullable Long limit) {
        if (limit != null && limit < 1) {
            throw new Refusal(option + " " + limit + " is too short: give at least 1 (milliseconds).");
        }
    }

    /** Ctrl-C reaches both; a signal to this one alone is passed on, and this one stays until the child has ended. */
    private static int runAsChild(HubCommand command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command.words()).inheritIO().start();
        Thread passOn = Thread.ofPlatform().name("pass-on").unstarted(() -> {
            child.destroy();
            child.onExit().join();
        });
        Runtime.getRuntime().addShutdownHook(passOn);
        return child.waitFor();
    }
}
