package greenlet.bench.ratio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a question's cases in rounds: in each, every case once, in a fork of its own, in alternating order. */
public final class Rounds {
    private static final String PACKAGE = "greenlet.bench.";

    /** Measures one case in one fork. */
    @FunctionalInterface
    public interface Fork {
        /**
         * Measures. Not a switch point.
         *
         * @param what the case
         * @return nanoseconds of one operation
         * @throws RunnerException if it cannot be measured
         */
        double nanosPerOperation(Case what) throws RunnerException;
    }

    private final Fork fork;
    private final Consumer<String> progress;

    /**
     * Makes rounds of any fork.
     *
     * @param fork measures one case
     * @param progress told after each
     */
    public Rounds(Fork fork, Consumer<String> progress) {
        this.fork = fork;
        this.progress = progress;
    }

    /**
     * Runs them. Not a switch point.
     *
     * @param question what is asked
     * @param rounds how often each case is measured
     * @return the answer
     * @throws RunnerException if a fork fails
     */
    public Answer measure(Question question, int rounds) throws RunnerException {
        List<Case> cases = Answer.cases(question);
        List<List<Double>> nanos = new ArrayList<>();
        cases.forEach(_ -> nanos.add(new ArrayList<>()));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, cases.size()).boxed().toList());
        for (int round = 1; round <= rounds; round++) {
            for (int index : order) {
                Case what = cases.get(index);
                double measured = fork.nanosPerOperation(what);
                nanos.get(index).add(measured);
                progress.accept(String.format(
                        "%s, round %d of %d: %s %.1f ns", question.name(), round, rounds, what.label(), measured));
            }
            Collections.reverse(order);
        }
        return new Answer(question, nanos);
    }

    /** A fork of JMH. */
    static Fork jmh(Effort effort) {
        return what -> {
            TimeValue length = TimeValue.milliseconds(effort.iterationMillis());
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .include("^" + (PACKAGE + what.benchmark()).replace(".", "\\.") + "$")
                    .forks(1)
                    .warmupIterations(effort.iterations())
                    .warmupTime(length)
                    .measurementIterations(effort.iterations())
                    .measurementTime(length)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT);
            what.parameters().forEach(options::param);
            return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
        };
    }
}
