package greenlet.lab.scenario;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.ThreadMechanism;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a JMH benchmark in this worker. The worker is the fork: it is a fresh JVM that runs this benchmark on this mechanism and nothing
 * else, so JMH itself forks no further.
 */
final class Jmh {
    private static final int WARM_UPS = 5;
    private static final int MEASUREMENTS = 3;
    private static final Duration ITERATION = Duration.ofMillis(150);

    /** What one worker costs, start of its JVM included. */
    static final Duration COST = ITERATION.multipliedBy(WARM_UPS + MEASUREMENTS).plusMillis(680);

    private Jmh() {}

    /** Runs a benchmark whose threads are of this mechanism and shows each measured iteration. */
    static void run(Class<?> benchmark, Mechanism mechanism, Size size, Consumer<IterationResult> eachIteration)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(0)
                .threads(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(WARM_UPS)
                .warmupTime(iteration())
                .measurementIterations(MEASUREMENTS)
                .measurementTime(iteration())
                .addProfiler(OsCost.class);
        size.parameters().forEach(options::param);
        // JMH's lock keeps two of its runs on one machine apart; a comparison must not fail because of somebody else's.
        System.setProperty("jmh.ignoreLock", "true");
        if (mechanism instanceof ThreadMechanism) {
            System.setProperty("jmh.executor", "CUSTOM");
            System.setProperty("jmh.executor.class", MechanismExecutor.class.getName());
            System.setProperty(MechanismExecutor.MECHANISM, mechanism.getClass().getName());
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(result -> result.getIterationResults().stream())
                .forEach(eachIteration);
    }

    private static TimeValue iteration() {
        return TimeValue.milliseconds(Pace.of(ITERATION).toMillis());
    }
}
