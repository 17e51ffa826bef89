package greenlet.lab.curve;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.ProcessUsage;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A plain blocking HTTP server under load, measured at several points of one axis. What differs between curves is the axis and what a
 * request costs; the phases are those of {@link Trial}.
 *
 * <p>Immutable.
 */
public abstract class Curve implements Scenario {
    static final Metric THROUGHPUT = Metric.higher("throughput", "1/s", "requests a second, all connections busy");
    static final Metric P99 = Metric.lower("p99", "ns", "99th percentile of latency at a fixed rate");
    static final Metric MEMORY =
            Metric.lower("memory", "bytes", "memory that the connections add in all, before any load");
    static final Metric CPU = Metric.lower("cpu", "ns", "CPU time of the server per request at the fixed rate");
    static final Metric P50 = Metric.lower("p50", "ns", "median latency at the fixed rate");
    static final Metric VOLUNTARY =
            Metric.lower("voluntary-switches", "1", "context switches per request because a thread waited");
    static final Metric INVOLUNTARY =
            Metric.lower("involuntary-switches", "1", "context switches per request because a thread had to leave");
    static final Metric GC = Metric.lower("gc", "ns", "garbage collection during the measured phases of a worker");
    static final Metric JIT = Metric.lower("jit", "ns", "compilation during the measured phases of a worker");
    static final Metric WARM_UP = Metric.lower("warm-up", "ns", "time until the windows agreed");

    private static final int FORKS = 3;

    private final List<Integer> points;

    /** A curve with points in ascending order. */
    Curve(List<Integer> points) {
        this.points = List.copyOf(points);
    }

    /** {@return the name of the parameter along the axis} Not a switch point. */
    public abstract String parameter();

    /** {@return what the axis shows, in words} Not a switch point. */
    public abstract String axis();

    /** {@return what one point is called behind its number} Not a switch point. */
    public abstract String unit();

    /** {@return whether equal distances on the axis are equal factors} Not a switch point. */
    public abstract boolean isLogarithmic();

    /**
     * The same curve with other points. Not a switch point.
     *
     * @param others where to measure
     * @return the new curve
     * @throws IllegalArgumentException if a point is not on the axis, or there is none
     */
    public abstract Curve at(List<Integer> others);

    /** Checks, sorts and keeps each point once. */
    static List<Integer> checked(String name, List<Integer> points, int least, int most) {
        if (points.isEmpty() || points.stream().anyMatch(point -> point < least || point > most)) {
            throw new IllegalArgumentException("Cannot measure the curve " + name + " at " + points
                    + ": give whole numbers from " + least + " to " + most + ", separated by commas.");
        }
        return points.stream().sorted().distinct().toList();
    }

    /** {@return where it is measured, in ascending order} Not a switch point. */
    public List<Integer> points() {
        return points;
    }

    /** {@return the metrics whose crossings are sought, those that a choice rests on} Not a switch point. */
    public static List<Metric> decisive() {
        return List.of(THROUGHPUT, P99, MEMORY, CPU);
    }

    /** The ends first, then what halves the widest gap: whatever is dropped for time, the rest spans the axis. */
    @Override
    public List<Size> sizes(Budget budget) {
        return spread(points).stream().map(point -> Size.of(parameter(), point)).toList();
    }

    static List<Integer> spread(List<Integer> points) {
        record Gap(int low, int high) {}
        List<Integer> order = new ArrayList<>(List.of(points.getFirst()));
        if (points.size() > 1) {
            order.add(points.getLast());
        }
        Deque<Gap> gaps = new ArrayDeque<>(List.of(new Gap(0, points.size() - 1)));
        while (!gaps.isEmpty()) {
            Gap gap = gaps.remove();
            if (gap.high - gap.low > 1) {
                int middle = (gap.low + gap.high) / 2;
                order.add(points.get(middle));
                gaps.add(new Gap(gap.low, middle));
                gaps.add(new Gap(middle, gap.high));
            }
        }
        return order;
    }

    @Override
    public List<Metric> metrics(Size size) {
        Stream<Metric> switches = ProcessUsage.now().isPresent() ? Stream.of(VOLUNTARY, INVOLUNTARY) : Stream.empty();
        return Stream.of(Stream.of(THROUGHPUT, p99(), memory(), CPU, P50), switches, Stream.of(GC, JIT, WARM_UP))
                .flatMap(part -> part)
                .toList();
    }

    /** How many requests at the fixed rate stand behind each sample of a latency. */
    abstract int requests();

    private Metric p99() {
        String about = String.format(Locale.ROOT, "%s, in windows of %,d requests", P99.about(), requests());
        return Metric.lower(P99.name(), P99.unit(), about);
    }

    /** What is measured as the memory of connections; the name and the unit are those of {@link #MEMORY}. */
    Metric memory() {
        return MEMORY;
    }

    /** Pools of processes keep no connection open, and Python has its columns in {@code server}. */
    @Override
    public boolean concerns(Mechanism mechanism) {
        return mechanism instanceof ThreadMechanism && !mechanism.isVariant();
    }

    @Override
    public int forks(Budget budget, Size size) {
        return budget == Budget.QUICK ? 1 : FORKS;
    }

    /** How long a worker takes in which so many connections are opened. */
    static Duration cost(int connections, Duration phases) {
        return phases.plusMillis(2700).plusMillis(connections * 7L / 10);
    }
}
