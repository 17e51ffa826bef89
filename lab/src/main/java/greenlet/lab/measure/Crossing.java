package greenlet.lab.measure;

import org.jspecify.annotations.Nullable;

/**
 * How two mechanisms stand to each other along a curve.
 *
 * <p>Immutable.
 *
 * @param scenario name of the curve
 * @param parameter what its axis is
 * @param metric which figure
 * @param one a mechanism
 * @param other another one
 * @param kind whether they cross
 * @param leader which of the two is better: behind the crossing, or wherever they are apart; {@code null} if they never are
 * @param at where the medians cross, interpolated; {@code NaN} unless they do
 * @param from for a crossing the last point at which the other one was better; else the first point of the curve
 * @param to for a crossing the first point at which the leader is; else the last point of the curve
 * @param words the same as a sentence
 */
public record Crossing(
        String scenario,
        String parameter,
        String metric,
        String one,
        String other,
        Kind kind,
        @Nullable String leader,
        double at,
        double from,
        double to,
        String words) {
    /** Whether they cross. */
    public enum Kind {
        /** One is better up to a point, the other from there on. */
        CROSSES,
        /** The same one is better wherever they are apart. */
        AHEAD,
        /** They are nowhere apart. */
        SAME
    }
}
