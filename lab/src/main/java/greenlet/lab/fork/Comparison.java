package greenlet.lab.fork;

import greenlet.lab.measure.Run;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.scenario.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries a plan out: one worker after another, those of the mechanisms interleaved, so that what drifts on the machine meets all alike.
 *
 * <p>Confined to the thread that made it.
 */
public final class Comparison {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final String LATE = "the machine is slower than planned: no time was left";

    /** How much must have run until this machine is known to be slower than planned. */
    private static final Duration KNOWN = Duration.ofSeconds(5);

    /** The same where columns are at stake that nothing else replaces. */
    private static final Duration WELL_KNOWN = Duration.ofSeconds(20);

    private static final int PATIENCE = 6;

    private final Plan plan;
    private final Progress progress;
    private final Stop stop;
    private final List<List<CellResult>> results;
    private final long startNanos = System.nanoTime();
    private Duration planned = Duration.ZERO;

    /**
     * Prepares a comparison. Not a switch point.
     *
     * @param plan what to do
     * @param progress who is told
     * @param stop who may end it before
     */
    public Comparison(Plan plan, Progress progress, Stop stop) {
        this.plan = plan;
        this.progress = progress;
        this.stop = stop;
        results = plan.groups().stream()
                .map(group -> group.cells().stream().map(CellResult::new).toList())
                .toList();
    }

    /**
     * What a comparison found.
     *
     * @param runs every figure, in the order of scenario, size, metric, mechanism
     * @param partial whether it was stopped before its plan was through
     * @param failed whether a worker failed
     */
    public record Findings(List<Run> runs, boolean partial, boolean failed) {}

    /**
     * Runs all workers. Blocks until the last has ended or the comparison is stopped.
     *
     * @return what they found
     * @throws InterruptedException if this thread is interrupted; the worker of the moment is then ended
     */
    public Findings run() throws InterruptedException {
        progress.onStart(plan);
        try {
            for (int i = 0; i < results.size(); i++) {
                Group group = plan.groups().get(i);
                if (stop.isRequested()) {
                    results.get(i).forEach(result -> result.skip("interrupted"));
                } else if (group.rank() > 0 && !fits(group)) {
                    results.get(i).forEach(result -> result.skip(LATE));
                } else {
                    leaveOutForeign(i);
                    measure(group, results.get(i));
                }
            }
        } finally {
            progress.onEnd();
        }
        boolean failed = results.stream().flatMap(List::stream).anyMatch(CellResult::isFailed);
        return new Findings(runs(), stop.isRequested(), failed);
    }

    /** Of the first sizes, which are never left out, only columns of other platforms can make room on a slow machine. */
    private void leaveOutForeign(int index) {
        Duration rest = plan.groups().stream()
                .skip(index)
                .filter(group -> group.rank() == 0)
                .map(Group::cost)
                .reduce(Duration.ZERO, Duration::plus);
        boolean late = elapsed().toMillis() + rest.toMillis() * slowness()
                > plan.budget().limit().toMillis();
        if (plan.groups().get(index).rank() == 0 && planned.compareTo(WELL_KNOWN) >= 0 && late) {
            results.get(index).stream()
                    .filter(result -> result.isOpen() && result.cell().mechanism() instanceof ForeignMechanism)
                    .forEach(result -> result.skip(LATE));
        }
    }

    private void measure(Group group, List<CellResult> cells) throws InterruptedException {
        for (int fork = 0; fork < group.forks(); fork++) {
            for (int i = 0; i < cells.size(); i++) {
                // Each round starts with another mechanism, so that none always follows the same one.
                CellResult result = cells.get((i + fork) % cells.size());
                if (stop.isRequested()) {
                    result.skip("interrupted");
                } else if (result.isOpen() && fork < result.cell().forks(group.forks())) {
                    measure(result, fork + 1, group.forks());
                }
            }
        }
    }

    private void measure(CellResult result, int fork, int forks) throws InterruptedException {
        Cell cell = result.cell();
        progress.onWorker(cell, fork, forks, left());
        Duration limit = cell.cost().multipliedBy(PATIENCE).plus(paced(GRACE));
        Outcome outcome = new WorkerProcess(stop).run(WorkerCommand.of(cell), limit);
        planned = planned.plus(cell.cost());
        result.add(outcome);
        progress.onOutcome(cell, outcome);
    }

    private static Duration paced(Duration full) {
        return Duration.ofMillis((long) (full.toMillis() * Math.max(0.2, Pace.factor())));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** How many times as long as estimated it has taken so far; at least a little is known before it counts. */
    private double slowness() {
        if (planned.compareTo(KNOWN) < 0) {
            return 1;
        }
        return elapsed().toMillis() / (double) planned.toMillis();
    }

    private Duration left() {
        Duration rest = plan.estimate().minus(planned);
        return Duration.ofMillis((long) (Math.max(0, rest.toMillis()) * slowness()));
    }

    private boolean fits(Group group) {
        double needed = elapsed().toMillis() + group.cost().toMillis() * Math.max(1, slowness());
        return needed <= plan.budget().limit().toMillis();
    }

    /** A reader wants a scenario's sizes together and a metric's mechanisms side by side. */
    private List<Run> runs() {
        Map<String, List<Run>> byScenario = new LinkedHashMap<>();
        results.stream().flatMap(List::stream).forEach(result -> add(result, byScenario));
        plan.dropped().stream().flatMap(group -> group.cells().stream()).forEach(cell -> {
            CellResult dropped = new CellResult(cell);
            dropped.skip("did not fit the budget");
            add(dropped, byScenario);
        });
        return byScenario.values().stream().flatMap(List::stream).toList();
    }

    private static void add(CellResult result, Map<String, List<Run>> byScenario) {
        byScenario
                .computeIfAbsent(result.cell().scenario().name(), _ -> new ArrayList<>())
                .addAll(result.runs());
    }
}
