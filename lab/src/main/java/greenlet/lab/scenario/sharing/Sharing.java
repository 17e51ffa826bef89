package greenlet.lab.scenario.sharing;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Pace;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Updates that are lost when tasks share a counter without a lock, with and without a hidden blocking call between reading and writing;
 * and what a lock costs.
 *
 * <p>Immutable.
 */
public final class Sharing implements Scenario {
    private static final String TASKS = "tasks";
    private static final int COUNT = 8;
    private static final int UPDATES = 2_000_000 * COUNT;
    private static final int BLOCKING_UPDATES = 300 * COUNT;
    private static final Metric LOST = Metric.lower("lost-updates", "1", "updates lost without a lock");
    private static final Metric LOST_BLOCKING =
            Metric.lower("lost-updates-blocking", "1", "the same with a log call between read and write");
    private static final Metric UNLOCKED = Metric.lower("update-unlocked", "ns", "an update without a lock");
    private static final Metric UNCONTENDED =
            Metric.lower("lock-uncontended", "ns", "an update under a lock that nobody else wants");
    private static final Metric CONTENDED =
            Metric.lower("lock-contended", "ns", "an update under a lock that all tasks want");
    private static final Metric OVERHEAD =
            Metric.lower("lock-overhead", "1", "cost of a lock that all tasks want, in costs of the bare update");
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofMillis(100);
    private static final Duration MEASUREMENT = Duration.ofMillis(30);

    @Override
    public String name() {
        return "sharing";
    }

    @Override
    public String about() {
        return "tasks update a shared counter, with and without a lock";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return List.of(Size.of(TASKS, COUNT));
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(LOST, LOST_BLOCKING, OVERHEAD, UNLOCKED, UNCONTENDED, CONTENDED);
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return mechanism instanceof Processes
                ? Optional.of(
                        "processes share no memory: none sees another's counter, so nothing is shared and nothing lost")
                : Optional.empty();
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return WARM_UP.multipliedBy(3)
                .plus(MEASUREMENT.multipliedBy(3L * ROUNDS))
                .plusMillis(430);
    }

    /** A worker gives three samples of each figure. */
    @Override
    public int forks(Budget budget, Size size) {
        return budget == Budget.DEFAULT ? 2 : budget.forks();
    }

    /** Inlined into the loop of the measurement, several acquisitions of a lock in a row could be made one. */
    @Override
    public List<String> jvmFlags(Size size) {
        List<String> flags = new ArrayList<>(Scenario.super.jvmFlags(size));
        flags.add("-XX:CompileCommand=quiet");
        flags.add("-XX:CompileCommand=dontinline," + Counter.class.getName() + "::add*");
        return flags;
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        if (!(mechanism instanceof ThreadMechanism threads)) {
            throw new IllegalArgumentException("Cannot share memory among tasks of '" + mechanism.name()
                    + "': they are no threads. Name a mechanism whose tasks are.");
        }
        try (ThreadMechanism.Running running = threads.open()) {
            int tasks = size.get(TASKS);
            LostUpdates lost = new LostUpdates(running.threads(), tasks);
            UpdateCost warmUp =
                    new UpdateCost(running.threads(), Pace.of(WARM_UP).toNanos());
            measureCosts(warmUp, tasks, (_, _) -> {});
            UpdateCost cost =
                    new UpdateCost(running.threads(), Pace.of(MEASUREMENT).toNanos());
            for (int i = 0; i < ROUNDS; i++) {
                measureCosts(cost, tasks, samples::add);
                samples.add(LOST.name(), (double) lost.unlocked(UPDATES / tasks));
                samples.add(LOST_BLOCKING.name(), (double) lost.aroundBlockingCall(BLOCKING_UPDATES / tasks));
            }
        }
    }

    /** Takes a figure, or forgets it while warming up. */
    private interface Sink {
        void add(String metric, double value);
    }

    private static void measureCosts(UpdateCost cost, int tasks, Sink sink) throws Exception {
        double bare = cost.unlocked();
        double contended = cost.locked(tasks);
        sink.add(UNLOCKED.name(), bare);
        sink.add(UNCONTENDED.name(), cost.locked(1));
        sink.add(CONTENDED.name(), contended);
        sink.add(OVERHEAD.name(), contended / bare);
    }
}
