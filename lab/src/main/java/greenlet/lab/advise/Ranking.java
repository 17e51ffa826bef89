package greenlet.lab.advise;

import greenlet.lab.measure.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Which ways are left when each criterion in turn has taken out those that are clearly worse: right results, throughput, memory, the time that one
 * in a hundred takes longer than. Clearly: by more than a margin, and where there are intervals these do not overlap.
 *
 * <p>Immutable.
 *
 * @param fitting those that keep to the demand
 * @param group those of them that nothing speaks against, as good as each other
 * @param grounds the criteria that took some out
 * @param choice the simplest of the group; empty if none fits
 */
record Ranking(List<Curve> fitting, List<Curve> group, Set<Ground> grounds, Optional<Curve> choice) {
    /** What a way can be taken out for. */
    enum Ground {
        RESULT,
        THROUGHPUT,
        MEMORY,
        LATENCY
    }

    private static final double THROUGHPUT_MARGIN = 1.15;
    /** With fewer than three measurements there is no interval to speak of. */
    private static final double THROUGHPUT_MARGIN_OF_FEW = 1.25;

    private static final double MEMORY_MARGIN = 1.5;
    private static final double MEMORY_MARGIN_BYTES = 64 << 20;
    private static final double LATENCY_MARGIN = 2;
    private static final double LATENCY_MARGIN_NANOS = 5e6;
    /** More platform threads than this are no longer the simplest thing. */
    private static final int A_POOL_OF_THREADS = 200;

    static Ranking of(Findings findings) {
        List<Curve> fitting =
                findings.curves().stream().filter(Curve::isAdmissible).toList();
        Set<Ground> grounds = EnumSet.noneOf(Ground.class);
        if (fitting.isEmpty()) {
            return new Ranking(fitting, fitting, grounds, Optional.empty());
        }
        List<Curve> right =
                fitting.stream().filter(curve -> isRight(findings, curve)).toList();
        List<Curve> group = right.isEmpty() ? withoutDivided(findings, fitting) : right;
        note(fitting, group, Ground.RESULT, grounds);
        if (!demandsRate(findings)) {
            group = reduced(group, Ranking::isClearlyFaster, Ground.THROUGHPUT, grounds);
        }
        group = reduced(group, Ranking::isClearlySmaller, Ground.MEMORY, grounds);
        List<Curve> left = group;
        group = reduced(group, (one, other) -> isClearlySooner(one, other, left), Ground.LATENCY, grounds);
        return new Ranking(fitting, group, grounds, Optional.of(simplest(group, findings, grounds)));
    }

    /**
     * Whether its calls get in each other's way: a race showed under it, or showed elsewhere and it runs calls in parallel as well. That none showed
     * in the few calls that are compared is luck then, and nothing to build on.
     */
    static boolean mayRace(Findings findings, Curve curve) {
        return !curve.races().isEmpty()
                || (curve.way().sharesStateAcrossCores()
                        && findings.curves().stream()
                                .anyMatch(other -> !other.races().isEmpty()));
    }

    /**
     * Whether each caller has a JVM, and so a state, of its own, although calls share some: only such calls race. Where it shows in fields,
     * processes are not measured at all.
     */
    static boolean dividesState(Findings findings, Curve curve) {
        return curve.way() == Way.PROCESSES
                && findings.curves().stream().anyMatch(other -> !other.races().isEmpty());
    }

    /** Where none is right, a lock may mend the others. */
    private static List<Curve> withoutDivided(Findings findings, List<Curve> fitting) {
        List<Curve> rest =
                fitting.stream().filter(curve -> !dividesState(findings, curve)).toList();
        return rest.isEmpty() ? fitting : rest;
    }

    static boolean isRight(Findings findings, Curve curve) {
        return !mayRace(findings, curve) && !dividesState(findings, curve);
    }

    static boolean demandsRate(Findings findings) {
        return findings.subject() instanceof Subject.Numbers(Shape shape) && shape.perSecond() > 0;
    }

    private interface Better {
        boolean than(Curve one, Curve other);
    }

    private static List<Curve> reduced(List<Curve> group, Better better, Ground ground, Set<Ground> grounds) {
        List<Curve> rest = group.stream()
                .filter(curve -> group.stream().noneMatch(other -> better.than(other, curve)))
                .toList();
        // Among several, none may be left that nothing is better than.
        List<Curve> reduced = rest.isEmpty() ? group : rest;
        note(group, reduced, ground, grounds);
        return reduced;
    }

    private static void note(List<Curve> before, List<Curve> after, Ground ground, Set<Ground> grounds) {
        if (after.size() < before.size()) {
            grounds.add(ground);
        }
    }

    /** The throughput at the decisive load: the rate kept to where there is one. */
    static Interval throughput(Curve curve) {
        return interval(curve, point -> {
            Double offered = point.offeredPerSecond();
            return offered == null ? point.perSecond() : offered;
        });
    }

    static Interval memory(Curve curve) {
        return interval(curve, point -> (double) point.memoryBytes());
    }

    private static Interval interval(Curve curve, ToDoubleFunction<Point> figure) {
        return Interval.ofMedian(
                curve.best().stream().mapToDouble(figure).boxed().toList());
    }

    static boolean isClearlyFaster(Curve one, Curve other) {
        Interval mine = throughput(one);
        Interval theirs = throughput(other);
        boolean few = Math.min(one.best().size(), other.best().size()) < 3;
        return mine.low() > theirs.high()
                && mine.median() > theirs.median() * (few ? THROUGHPUT_MARGIN_OF_FEW : THROUGHPUT_MARGIN);
    }

    static boolean isClearlySmaller(Curve one, Curve other) {
        double mine = memory(one).median();
        double theirs = memory(other).median();
        return theirs > mine * MEMORY_MARGIN && theirs > mine + MEMORY_MARGIN_BYTES;
    }

    private static boolean isClearlySooner(Curve one, Curve other, List<Curve> among) {
        Optional<Double> load = commonLoad(among);
        if (load.isEmpty()) {
            return false;
        }
        double mine = p99(one, load.get());
        double theirs = p99(other, load.get());
        return theirs > mine * LATENCY_MARGIN && theirs > mine + LATENCY_MARGIN_NANOS;
    }

    static double load(Point point) {
        Double offered = point.offeredPerSecond();
        return offered == null ? point.concurrency() : offered;
    }

    static double p99(Curve curve, double load) {
        return at(curve, load).map(point -> (double) point.p99Nanos()).orElse(Double.NaN);
    }

    static Optional<Point> at(Curve curve, double load) {
        return curve.points().stream().filter(point -> load(point) == load).findFirst();
    }

    /** The highest load that all were measured at and that is too high for none. */
    static Optional<Double> commonLoad(List<Curve> curves) {
        return curves.getFirst().points().stream()
                .map(Ranking::load)
                .filter(load -> curves.stream()
                        .allMatch(curve -> load <= load(curve.best().getFirst())
                                && at(curve, load).isPresent()))
                .max(Comparator.naturalOrder());
    }

    private static Curve simplest(List<Curve> group, Findings findings, Set<Ground> grounds) {
        List<Way> order = new ArrayList<>();
        boolean shared = findings.subject() instanceof Subject.Numbers(Shape shape) && shape.sharedState();
        if (shared || grounds.contains(Ground.RESULT)) {
            order.add(Way.GREENLETS);
        }
        int most = group.stream().mapToInt(Curve::concurrency).max().orElse(0);
        if (most <= A_POOL_OF_THREADS) {
            order.add(Way.PLATFORM_THREADS);
        }
        order.addAll(List.of(
                Way.VIRTUAL_THREADS, Way.GREENLETS, Way.GREENLETS_PER_CORE, Way.PLATFORM_THREADS, Way.PROCESSES));
        return order.stream()
                .flatMap(way -> group.stream().filter(curve -> curve.way() == way))
                .findFirst()
                .orElseThrow();
    }

    /** Those that were measured and are not chosen, the best first. */
    List<Curve> rivals() {
        Way chosen = choice.map(Curve::way).orElse(null);
        return fitting.stream()
                .filter(curve -> curve.way() != chosen)
                .sorted(Comparator.comparingDouble(
                        (Curve curve) -> -throughput(curve).median()))
                .toList();
    }

    /** Those that are as good as the choice. */
    List<Curve> asGood() {
        Way chosen = choice.map(Curve::way).orElse(null);
        return group.stream().filter(curve -> curve.way() != chosen).toList();
    }

    boolean isNoDifference() {
        return grounds.isEmpty() && group.size() > 1;
    }
}
