package greenlet.bench.load;

import greenlet.bench.Host;
import greenlet.bench.ratio.Case;
import greenlet.bench.ratio.Question;
import greenlet.bench.ratio.Rounds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The command {@code hub-sleep}: CPU time of a short sleep when two thousand threads sleep, as a Markdown table. */
public final class HubSleep {
    private static final String USAGE = "Use: hub-sleep [--quick]";
    private static final int ROUNDS = 11;
    private static final int SLEEPS = 400;
    private static final double MOST_OF_VIRTUAL = 0.6;

    private final PrintStream tables;
    private final PrintStream progress;

    HubSleep(PrintStream tables, PrintStream progress) {
        this.tables = tables;
        this.progress = progress;
    }

    /**
     * Runs the command. Not a switch point.
     *
     * @param arguments what stands after {@code hub-sleep}
     * @return the exit code: 0, 1 if a measurement failed, 2 if the arguments are wrong
     */
    public static int run(List<String> arguments) {
        return new HubSleep(System.out, System.err).answer(arguments);
    }

    int answer(List<String> arguments) {
        boolean quick = arguments.equals(List.of("--quick"));
        if (!quick && !arguments.isEmpty()) {
            progress.println("Cannot understand " + arguments + ". " + USAGE);
            return 2;
        }
        Question question = Question.of(
                        "storm",
                        "CPU of a sleep of 0 to 1 ms, 2,000 sleepers, against default virtual threads",
                        Case.of("default virtual threads", "virtual"))
                .promising(Case.of("hub", "hub"), MOST_OF_VIRTUAL);
        int sleeps = quick ? 10 : SLEEPS;
        tables.println(Host.describe());
        tables.println();
        try {
            tables.println(new Rounds(what -> storm(what, sleeps), progress::println)
                    .measure(question, quick ? 1 : ROUNDS)
                    .toMarkdown());
            return 0;
        } catch (RunnerException e) {
            progress.println("Cannot measure: " + e + (e.getCause() == null ? "" : ", " + e.getCause()));
            return 1;
        }
    }

    private static double storm(Case what, int sleeps) throws RunnerException {
        try {
            return Double.parseDouble(Tools.output(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-opens=java.base/java.lang=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SleepStorm.class.getName(),
                            what.benchmark(),
                            String.valueOf(sleeps))
                    .strip());
        } catch (IOException | NumberFormatException e) {
            throw new RunnerException("the storm failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunnerException("interrupted", e);
        }
    }
}
