package greenlet.lab.advise;

import org.jspecify.annotations.Nullable;

/**
 * One measurement of one way at one concurrency.
 *
 * <p>Immutable.
 *
 * @param concurrency callers, or open connections, at once
 * @param offeredPerSecond the rate that was asked for; {@code null} where each caller calls again as soon as it can
 * @param perSecond calls that ended a second
 * @param keptUp share of what was due that was answered, 1 at most; counts of a window are uncertain by their square root
 * @param p50Nanos median time of a call, from when it was due
 * @param p99Nanos its 99th percentile
 * @param maxNanos the longest
 * @param cpuNanos CPU time of the process for each call
 * @param memoryBytes live heap and what the process holds outside the heap, while all callers are there
 * @param handOffs how often a hub's carrier was replaced because a call blocked it, for each call
 * @param stallNanos the 99th percentile of how late a sibling was that only sleeps for a millisecond
 * @param failures calls that threw
 */
public record Point(
        int concurrency,
        @Nullable Double offeredPerSecond,
        double perSecond,
        double keptUp,
        long p50Nanos,
        long p99Nanos,
        long maxNanos,
        long cpuNanos,
        long memoryBytes,
        double handOffs,
        long stallNanos,
        long failures) {
    private static final double ENOUGH = 0.95;

    /** {@return whether the rate that was asked for was reached} Not a switch point. */
    public boolean keepsUp() {
        return keptUp >= ENOUGH;
    }
}
