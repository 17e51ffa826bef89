package greenlet.lab.advise;

import greenlet.lab.measure.Status;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured of one way.
 *
 * <p>Immutable.
 *
 * @param way the way
 * @param status whether it was measured
 * @param reason why not, or why it was measured no further; {@code null} if there is nothing to say
 * @param baseBytes memory before there were callers; 0 if it was not measured
 * @param points in the order of rising load
 * @param best the decisive load measured again: one point a round, the first of them out of {@code points}; empty if no load is admissible
 * @param races parts of the result that came out differently from a sequential run, in words
 */
public record Curve(
        Way way,
        Status status,
        @Nullable String reason,
        long baseBytes,
        List<Point> points,
        List<Point> best,
        List<String> races) {
    /** Copies the lists. */
    public Curve {
        points = List.copyOf(points);
        best = List.copyOf(best);
        races = List.copyOf(races);
    }

    /**
     * A way that was not measured. Not a switch point.
     *
     * @param way the way
     * @param status anything but measured
     * @param reason why
     * @return a curve without points
     */
    public static Curve without(Way way, Status status, String reason) {
        return new Curve(way, status, reason, 0, List.of(), List.of(), List.of());
    }

    /** {@return whether there is a load that keeps to the demand} Not a switch point. */
    public boolean isAdmissible() {
        return !best.isEmpty();
    }

    /** {@return the measurement of the decisive load that lies in the middle of all of them by throughput} Not a switch point. */
    public Point middle() {
        return best.stream()
                .sorted(Comparator.comparingDouble(Point::perSecond))
                .toList()
                .get((best.size() - 1) / 2);
    }

    /** {@return the concurrency of the decisive load} Not a switch point. */
    public int concurrency() {
        return best.getFirst().concurrency();
    }
}
