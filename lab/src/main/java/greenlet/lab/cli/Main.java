package greenlet.lab.cli;

import greenlet.hub.JdkAdvice;
import greenlet.lab.measure.MachineFacts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code greenlet} command.
 *
 * <p>Confined to the main thread of its JVM.
 */
@Command(
        name = "greenlet",
        description = "Greenlets for the JVM: measures them against threads and says which to use.",
        subcommands = {
            Compare.class,
            CurveCommand.class,
            Advise.class,
            ShowExample.class,
            RunProgram.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Try: greenlet compare --quick",
            "     greenlet advise --help",
        })
public final class Main implements Runnable {
    private static final String DEBUG = "--debug";

    @Option(names = DEBUG, scope = ScopeType.INHERIT, description = "Show the stack trace of a defect.")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Tells {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            List<String> lines = new ArrayList<>();
            lines.add("greenlet " + MachineFacts.version());
            lines.add("on JDK " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor")
                    + ")");
            JdkAdvice.forThisJdk().ifPresent(lines::add);
            return lines.toArray(String[]::new);
        }
    }

    /**
     * Runs the command and ends the JVM with its exit code.
     *
     * @param arguments what the user typed
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(out, err, arguments));
    }

    /** Runs the command; returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Main main = new Main();
        CommandLine command = new CommandLine(main);
        // What follows the program's name is the program's, whatever it looks like.
        Objects.requireNonNull(command.getSubcommands().get("run"), "run").setStopAtPositional(true);
        return command.setExpandAtFiles(false)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        Terminal.current().hasColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((problem, _) -> onBadUsage(problem, err))
                .setExecutionExceptionHandler((problem, _, _) -> onFailure(problem, err, main.debug))
                .execute(arguments);
    }

    private static int onBadUsage(CommandLine.ParameterException problem, PrintWriter err) {
        err.println("greenlet: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, err);
        err.println("Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int onFailure(Exception problem, PrintWriter err, boolean debug) {
        err.println("greenlet: " + (problem.getMessage() == null ? problem.toString() : problem.getMessage()));
        if (problem instanceof Refusal) {
            return ExitCode.USAGE;
        }
        if (debug) {
            problem.printStackTrace(err);
        } else {
            err.println("Run it again with " + DEBUG + " to see where.");
        }
        return ExitCode.DEFECT;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
