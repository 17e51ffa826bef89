package greenlet.lab.fork;

import greenlet.lab.measure.Run;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.scenario.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries a plan out: one worker after another, those of the mechanisms interleaved, so that what drifts on the machine meets all alike.
 *
 * <p>Confined to the thread that made it.
 */
public final class Comparison {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final String LATE = "the machine is slower than planned: no time was left";

    private static final int PATIENCE = 6;

    private final Plan plan;
    private final Progress progress;
    private final Stop stop;
    private final Optional<Journal> journal;
    private final List<List<CellResult>> results;
    private final long startNanos = System.nanoTime();
    private final Pacing pacing;

    /**
     * Prepares a comparison. Not a switch point.
     *
     * @param plan what to do
     * @param progress who is told
     * @param stop who may end it before
     */
    public Comparison(Plan plan, Progress progress, Stop stop) {
        this(plan, progress, stop, Optional.empty());
    }

    /**
     * Prepares a comparison that can be cut off and go on. Not a switch point.
     *
     * @param plan what to do
     * @param progress who is told
     * @param stop who may end it before
     * @param journal what is done already, and where to note what is done now; empty if it need not go on
     */
    public Comparison(Plan plan, Progress progress, Stop stop, Optional<Journal> journal) {
        this.plan = plan;
        this.progress = progress;
        this.stop = stop;
        pacing = new Pacing(plan);
        this.journal = journal;
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
     * @throws IOException if the journal cannot be written
     */
    public Findings run() throws InterruptedException, IOException {
        progress.onStart(plan);
        try {
            for (int i = 0; i < results.size(); i++) {
                Group group = plan.groups().get(i);
                if (stop.isRequested()) {
                    results.get(i).forEach(result -> result.skip("interrupted"));
                } else if (group.rank() > 0 && !pacing.fits(group, elapsed())) {
                    results.get(i).forEach(result -> result.skip(LATE));
                } else {
                    if (pacing.leavesOutForeign(i, elapsed())) {
                        skipForeign(results.get(i));
                    }
                    measure(group, results.get(i));
                }
            }
        } finally {
            progress.onEnd();
        }
        boolean failed = results.stream().flatMap(List::stream).anyMatch(CellResult::isFailed);
        return new Findings(runs(), stop.isRequested(), failed);
    }

    private static void skipForeign(List<CellResult> cells) {
        cells.stream()
                .filter(result -> result.isOpen() && result.cell().mechanism() instanceof ForeignMechanism)
                .forEach(result -> result.skip(LATE));
    }

    private void measure(Group group, List<CellResult> cells) throws InterruptedException, IOException {
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

    private void measure(CellResult result, int fork, int forks) throws InterruptedException, IOException {
        Cell cell = result.cell();
        progress.onWorker(cell, fork, forks, pacing.left(elapsed()));
        Optional<Outcome> before = journal.flatMap(kept -> kept.find(cell, fork));
        if (before.isPresent()) {
            pacing.onKnown(cell);
            result.add(before.get());
            progress.onOutcome(cell, before.get());
            return;
        }
        Duration limit = cell.cost().multipliedBy(PATIENCE).plus(paced(GRACE));
        Outcome outcome = new WorkerProcess(stop).run(WorkerCommand.of(cell), limit);
        pacing.onWorker(cell);
        result.add(outcome);
        if (journal.isPresent()) {
            journal.get().note(cell, fork, outcome);
        }
        progress.onOutcome(cell, outcome);
    }

    private static Duration paced(Duration full) {
        return Duration.ofMillis((long) (full.toMillis() * Math.max(0.2, Pace.factor())));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
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
