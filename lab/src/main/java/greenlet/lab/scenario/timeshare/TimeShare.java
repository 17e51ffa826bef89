package greenlet.lab.scenario.timeshare;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.Cores;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One task that computes without a pause beside short tasks that are due every few milliseconds: how long they are kept waiting, on one
 * core and on two. The worker is pinned to that many.
 *
 * <p>Immutable.
 */
public final class TimeShare implements Scenario {
    private static final Metric LONGEST = Metric.lower("stall", "ns", "longest delay of a short task beside a CPU hog");
    private static final Metric P99 = Metric.lower("stall-p99", "ns", "99th percentile of these delays");
    private static final Metric ALONE = Metric.lower("alone", "ns", "longest delay without the hog");
    private static final String CORES = "cores";
    private static final Duration HOG = Duration.ofMillis(200);
    private static final int TASKS = 20;
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 2;

    @Override
    public String name() {
        return "timeshare";
    }

    @Override
    public String about() {
        return "short tasks beside one that computes for " + HOG.toMillis() + " ms";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        int available =
                Cores.allowed().map(Cores::count).orElse(Runtime.getRuntime().availableProcessors());
        Size one = Size.of(CORES, 1);
        return available < 2 ? List.of(one) : List.of(one, Size.of(CORES, 2));
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(LONGEST, P99, ALONE);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Duration.ofMillis(mechanism instanceof Processes ? 1700 : 1420);
    }

    @Override
    public int forks(Budget budget, Size size) {
        return budget == Budget.DEFAULT ? 2 : budget.forks();
    }

    /** So the JDK's own scheduler has as many carriers as it would have on a machine of that many cores. */
    @Override
    public List<String> jvmFlags(Size size) {
        List<String> flags = new ArrayList<>(Scenario.super.jvmFlags(size));
        flags.add("-XX:ActiveProcessorCount=" + size.get(CORES));
        return flags;
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        pin(size.get(CORES))
                .ifPresent(problem -> metrics(size)
                        .forEach(metric -> samples.remark(
                                metric.name(), "not pinned to " + size.get(CORES) + " of the cores: " + problem)));
        if (mechanism instanceof ThreadMechanism threads) {
            try (ThreadMechanism.Running running = threads.open()) {
                measure(timetable -> ThreadRound.run(running.threads(), timetable), TASKS, samples);
            }
        } else {
            try (ProcessRound pool = ProcessRound.start(PROCESSES)) {
                measure(pool::run, 1, samples);
            }
        }
    }

    private static Optional<String> pin(int cores) throws InterruptedException {
        Optional<Cores> allowed = Cores.allowed();
        return allowed.isPresent()
                ? allowed.get().first(cores).pinThisProcess()
                : Optional.of("this system does not tell which there are");
    }

    private interface Round {
        Delays run(Timetable timetable) throws Exception;
    }

    private static void measure(Round round, int tasks, Samples samples) throws Exception {
        round.run(Timetable.withoutHog(tasks));
        samples.add(
                ALONE.name(), (double) round.run(Timetable.withoutHog(tasks)).longest());
        for (int i = 0; i < ROUNDS; i++) {
            Delays delays = round.run(Timetable.withHog(HOG, tasks));
            samples.add(LONGEST.name(), (double) delays.longest());
            samples.add(P99.name(), (double) delays.p99());
        }
    }
}
