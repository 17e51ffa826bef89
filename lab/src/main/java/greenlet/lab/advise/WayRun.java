package greenlet.lab.advise;

import greenlet.lab.advise.worker.Answer;
import greenlet.lab.advise.worker.Order;
import greenlet.lab.advise.worker.Station;
import greenlet.lab.measure.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One way while it is measured.
 *
 * <p>Confined to the thread that made it.
 */
final class WayRun {
    private static final int WARM_CALLERS = 64;
    private static final int WARM_CALLERS_OF_CODE = 8;
    private static final int RACERS = 32;
    /** A repeated rate that is not kept to is tried again so much lower; callers, as many as Decisive says. */
    private static final double LOWER = 0.87;

    private static final int LOWER_TRIES = 3;

    /** Why a curve ends where the limit on time was met. */
    static final String TIME_WAS_UP = "the time was up";

    private final Way way;
    private final Rise rise;
    private final Pacing pacing;
    private final int connections;
    private final int most;
    private final List<Point> points = new ArrayList<>();
    private final Decisive decisive;
    private final List<String> races = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private long baseBytes;
    private @Nullable String reason;
    private @Nullable String stalledIn;
    private boolean broken;
    private boolean interrupted;

    /**
     * @param connections open connections where the load is a rate; 0 where it is callers
     * @param most callers at once
     */
    WayRun(Way way, Rise rise, Pacing pacing, int connections, int most) {
        this.most = most;
        this.way = way;
        this.rise = rise;
        decisive = new Decisive(rise);
        this.pacing = pacing;
        this.connections = connections;
    }

    Way way() {
        return way;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    List<Problem> problems() {
        return problems;
    }

    @Nullable
    String stalledIn() {
        return stalledIn;
    }

    List<Point> points() {
        return points;
    }

    /** Equally many calls as there were one after another: what they left behind must be the same. */
    void race(Station station, long calls, SortedMap<String, Long> expected) throws InterruptedException {
        Answer answer = station.ask(pacing.sequence(Math.min(most, RACERS), calls));
        if (answer instanceof Answer.Sequenced(var done, SortedMap<String, Long> parts, var found)) {
            addProblems(found, RACERS);
            expected.forEach((name, value) -> {
                Long here = parts.get(name);
                if (!value.equals(here) && done == calls) {
                    races.add("%s is %s instead of %,d after %,d calls"
                            .formatted(name, here == null ? "unchanged" : "%,d".formatted(here), value, calls));
                }
            });
        } else {
            onNoFigure(answer, RACERS);
        }
    }

    /** Warms up and raises the load until it is known enough or the time is up. The least load is measured in any case: all but it is spent by then. */
    void explore(Station station, BooleanSupplier timeIsUp) throws InterruptedException {
        warmUp(station);
        while (!broken) {
            switch (rise.next(points)) {
                case Rise.Step.End(String met) -> {
                    reason = met.isEmpty() ? reason : met;
                    decisive.find(points);
                    return;
                }
                case Rise.Step.To(double load) -> {
                    if (!points.isEmpty() && timeIsUp.getAsBoolean()) {
                        reason = TIME_WAS_UP;
                        decisive.find(points);
                        return;
                    }
                    measure(station, load).ifPresent(points::add);
                }
            }
        }
        decisive.find(points);
    }

    private void warmUp(Station station) throws InterruptedException {
        int callers = connections > 0 ? Math.min(connections, WARM_CALLERS) : Math.min(most, WARM_CALLERS_OF_CODE);
        Answer answer = station.ask(pacing.warmUp(way == Way.PROCESSES ? 1 : callers));
        if (connections == 0 && callers > 1 && isOutOfMemory(answer)) {
            // So many do not fit, which says nothing of one.
            station.startAnew();
            answer = station.ask(pacing.warmUp(1));
        }
        if (answer instanceof Answer.Warm(long base, var found)) {
            baseBytes = baseBytes == 0 ? base : baseBytes;
            addProblems(found, callers);
        } else {
            onNoFigure(answer, callers);
        }
    }

    /** Whether there is a load to measure again. */
    boolean hasDecisiveLoad() {
        return decisive.isKnown();
    }

    /** The decisive load once more, in another worker. */
    void repeat(Station station) throws InterruptedException {
        warmUp(station);
        double load = loadOf(decisive.first());
        for (int attempt = 0; attempt < LOWER_TRIES && !broken; attempt++) {
            Optional<Point> again = measure(station, load);
            if (again.isEmpty()) {
                return;
            }
            if (connections == 0) {
                if (decisive.add(again.get(), points)) {
                    return;
                }
                load = loadOf(decisive.first());
            } else if (decisive.admits(again.get())) {
                decisive.add(again.get());
                return;
            } else {
                load *= LOWER;
            }
        }
    }

    private double loadOf(Point point) {
        Double offered = point.offeredPerSecond();
        return connections == 0 ? point.concurrency() : offered == null ? point.perSecond() : offered;
    }

    private Optional<Point> measure(Station station, double load) throws InterruptedException {
        Order.Level order = connections > 0 ? pacing.level(connections, load) : pacing.level((int) Math.round(load), 0);
        Answer answer = station.ask(order);
        if (!(answer instanceof Answer.Measured measured)) {
            onNoFigure(answer, order.concurrency());
            return Optional.empty();
        }
        addProblems(measured.problems(), measured.concurrency());
        String found = measured.stalledIn();
        stalledIn = stalledIn == null ? found : stalledIn;
        String refused = measured.refused();
        if (refused != null) {
            reason = refused;
            broken = true;
            return Optional.empty();
        }
        return Optional.of(point(measured, connections > 0 ? load : null));
    }

    private static Point point(Answer.Measured measured, @Nullable Double offered) {
        double seconds = measured.windowNanos() / 1e9;
        long calls = Math.max(1, measured.calls());
        return new Point(
                measured.concurrency(),
                offered,
                measured.calls() / seconds,
                keptUp(measured),
                measured.latencies().getValueAtPercentile(50),
                measured.latencies().getValueAtPercentile(99),
                measured.latencies().getMaxValue(),
                measured.cpuNanos() / calls,
                measured.memoryBytes(),
                measured.handOffs() / (double) calls,
                measured.stalls().getValueAtPercentile(99),
                measured.failures());
    }

    private static double keptUp(Answer.Measured measured) {
        double uncertainty = Math.sqrt((double) measured.calls()) + 2;
        return measured.due() == 0 ? 1 : Math.min(1, (measured.calls() + uncertainty) / measured.due());
    }

    private void addProblems(List<Problem> found, int concurrency) {
        for (Problem problem : found) {
            if (problems.stream().noneMatch(known -> known.kind() == problem.kind())) {
                problems.add(problem.under(way, concurrency));
            }
        }
    }

    private void onNoFigure(Answer answer, int concurrency) {
        broken = true;
        switch (answer) {
            case Answer.Broken(Problem problem) -> {
                reason = problem.what();
                boolean isLimit = isOutOfMemory(answer) && !points.isEmpty();
                if (!isLimit) {
                    addProblems(List.of(problem), concurrency);
                }
            }
            case Answer.Interrupted _ -> {
                reason = "interrupted";
                interrupted = true;
            }
            case Answer.Ready _, Answer.Sequenced _, Answer.Warm _, Answer.Measured _ -> {
                reason = "its worker answered something else. This is a bug in the lab; please report it";
            }
        }
    }

    /** What throws where calls run in parallel, and with as many at once on one hub does not, is a race and no fault of a call. */
    void blameParallelism(WayRun hub) {
        if (!way.sharesStateAcrossCores() || hub.problems.stream().anyMatch(WayRun::isThrown)) {
            return;
        }
        int tried = Math.max(
                hub.points.isEmpty() ? 0 : Math.min(most, RACERS),
                hub.points.stream().mapToInt(Point::concurrency).max().orElse(0));
        problems.removeIf(problem -> {
            boolean races = isThrown(problem) && problem.concurrency() <= tried;
            if (races) {
                this.races.add(problem.what() + ", and none of as many at once on one hub");
            }
            return races;
        });
    }

    private static boolean isOutOfMemory(Answer answer) {
        return answer instanceof Answer.Broken(Problem problem) && problem.kind() == Problem.Kind.OUT_OF_MEMORY;
    }

    private static boolean isThrown(Problem problem) {
        return problem.kind() == Problem.Kind.THROWS;
    }

    Curve curve() {
        Status status = !points.isEmpty() ? Status.MEASURED : interrupted ? Status.SKIPPED : Status.FAILED;
        String why = status == Status.MEASURED || reason != null ? reason : "it gave no figure";
        String shortfall = decisive.shortfall();
        return new Curve(
                way, status, shortfall.isEmpty() ? why : shortfall, baseBytes, points, decisive.figures(), races);
    }
}
