package greenlet.bench.ratio;

import greenlet.bench.Host;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/** The command {@code ratios}: answers the questions it is given, or all, as Markdown tables. */
public final class Ratios {
    private static final String USAGE = "Use: ratios [--quick] [--rounds=N] [question ...]; questions: "
            + Questions.ALL.stream().map(Question::name).collect(Collectors.joining(", ")) + ".";

    private final PrintStream tables;
    private final PrintStream progress;
    private final Function<Effort, Rounds.Fork> forks;

    Ratios(PrintStream tables, PrintStream progress, Function<Effort, Rounds.Fork> forks) {
        this.tables = tables;
        this.progress = progress;
        this.forks = forks;
    }

    /**
     * Runs the command with forks of JMH. Not a switch point.
     *
     * @param arguments what stands after {@code ratios}
     * @return the exit code: 0, 1 if a fork failed, 2 if the arguments are wrong
     */
    public static int run(List<String> arguments) {
        return new Ratios(System.out, System.err, Rounds::jmh).answer(arguments);
    }

    int answer(List<String> arguments) {
        try {
            Effort effort = arguments.contains("--quick") ? Effort.QUICK : Effort.FULL;
            List<Question> asked = new ArrayList<>();
            for (String argument : arguments) {
                if (argument.startsWith("--rounds=")) {
                    effort = new Effort(rounds(argument), effort.iterations(), effort.iterationMillis());
                } else if (!argument.equals("--quick")) {
                    asked.add(question(argument));
                }
            }
            return answer(asked.isEmpty() ? Questions.ALL : asked, effort);
        } catch (IllegalArgumentException e) {
            progress.println(e.getMessage() + " " + USAGE);
            return 2;
        }
    }

    private int answer(List<Question> questions, Effort effort) {
        Rounds rounds = new Rounds(forks.apply(effort), progress::println);
        tables.println(Host.describe());
        tables.println();
        for (Question question : questions) {
            try {
                tables.println(rounds.measure(question, effort.rounds()).toMarkdown());
            } catch (RunnerException e) {
                progress.println("Cannot answer '" + question.name() + "': a fork failed, " + e
                        + ". Run that benchmark alone, without 'ratios', to see its output.");
                return 1;
            }
        }
        return 0;
    }

    private static int rounds(String argument) {
        String number = argument.substring("--rounds=".length());
        try {
            int rounds = Integer.parseInt(number);
            if (rounds > 0) {
                return rounds;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("Cannot run '" + number + "' rounds: give a whole number above 0.");
    }

    private static Question question(String name) {
        return Questions.ALL.stream()
                .filter(question -> question.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Cannot answer '" + name + "': no such question."));
    }
}
