package greenlet.lab.advise;

import greenlet.lab.advise.report.AdviceReport;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Findings with chosen figures. */
public final class PlantedFindings {
    public static final long MIB = 1 << 20;
    public static final Machine MACHINE =
            new Machine("Linux 6", "6.1", "amd64", "A CPU", 2, 1L << 34, "25.0.3", "HotSpot", "0.1.0", new TreeMap<>());

    /** Waits for 20 ms, computes for 0.2. */
    public static final Profile WAITING = new Profile(20.2e6, 0.2e6, 0, 1_000_000, null);

    private PlantedFindings() {}

    public static Demand demand(@Nullable Long memoryBytes, @Nullable Long p99Nanos) {
        return new Demand(
                memoryBytes,
                p99Nanos,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                1024,
                3,
                Set.of(Way.GREENLETS, Way.GREENLETS_PER_CORE, Way.VIRTUAL_THREADS, Way.PLATFORM_THREADS));
    }

    public static Point point(int concurrency, double perSecond, double p99Millis, long memoryBytes) {
        return point(concurrency, null, perSecond, p99Millis, memoryBytes);
    }

    public static Point point(
            int concurrency, @Nullable Double offered, double perSecond, double p99Millis, long memoryBytes) {
        return new Point(
                concurrency,
                offered,
                perSecond,
                offered == null ? 1 : perSecond / offered,
                (long) (p99Millis * 5e5),
                (long) (p99Millis * 1e6),
                (long) (p99Millis * 2e6),
                200_000,
                memoryBytes,
                0,
                1_000_000,
                0);
    }

    /** Doubles from 1 up to a concurrency; the throughput is linear up to a most. */
    public static Curve rising(Way way, double each, double most, int to, long memoryBytes, String... races) {
        List<Point> points = new ArrayList<>();
        for (int concurrency = 1; concurrency <= to; concurrency *= 2) {
            double perSecond = Math.min(most, each * concurrency);
            points.add(point(concurrency, perSecond, 1000.0 * concurrency / perSecond, memoryBytes));
        }
        Rise rise = new Rise.Callers(demand(null, null), to);
        Point best = rise.best(points).orElseThrow();
        Point lower = point(best.concurrency(), best.perSecond() * 0.98, best.p99Nanos() / 1e6, memoryBytes);
        Point higher = point(best.concurrency(), best.perSecond() * 1.02, best.p99Nanos() / 1e6, memoryBytes);
        return new Curve(way, Status.MEASURED, null, 40 * MIB, points, List.of(best, lower, higher), List.of(races));
    }

    public static Findings of(Subject subject, Demand demand, @Nullable Profile profile, List<Curve> curves) {
        return new Findings(subject, demand, 2, profile, List.of(), curves, List.of(), null, 0.1);
    }

    public static Findings code(Profile profile, Curve... curves) {
        return of(
                new Subject.Code("com.acme.MyTask", "com.acme.MyTask", List.of(), List.of()),
                demand(null, null),
                profile,
                List.of(curves));
    }

    /** All that a report can have in it, with a text of the user's wherever there is one. */
    public static AdviceReport report(String text) {
        Findings findings = new Findings(
                new Subject.Code(text, text, List.of(), List.of()),
                demand(512 * MIB, null),
                2,
                WAITING,
                List.of("field hits"),
                List.of(
                        rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB),
                        rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB),
                        Curve.without(Way.PROCESSES, Status.NOT_APPLICABLE, text)),
                List.of(new Problem(Problem.Kind.THROWS, Way.GREENLETS, 8, text)),
                null,
                Double.NaN);
        return AdviceReport.of(findings, MACHINE, Instant.parse("2026-11-25T04:00:00Z"));
    }

    public static Subject numbers(int connections, boolean sharedState, double perSecond) {
        return new Subject.Numbers(new Shape(connections, 20_000_000, 200_000, sharedState, perSecond));
    }

    /** Keeps to the limits up to a rate. */
    public static Curve upTo(Way way, int connections, double rate, long memoryBytes) {
        List<Point> points = new ArrayList<>();
        for (double offered = 800; offered <= rate * 1.5; offered *= 1.5) {
            boolean kept = offered <= rate;
            points.add(point(connections, offered, kept ? offered : rate, kept ? 22 : 900, memoryBytes));
        }
        double highest = points.stream()
                .filter(point -> point.perSecond() < rate)
                .mapToDouble(Point::perSecond)
                .max()
                .orElse(0);
        List<Point> best = new ArrayList<>();
        points.stream().filter(point -> point.perSecond() == highest).forEach(best::add);
        if (!best.isEmpty()) {
            best.addAll(List.of(best.getFirst(), best.getFirst()));
        }
        return new Curve(way, Status.MEASURED, null, 40 * MIB, points, best, List.of());
    }
}
