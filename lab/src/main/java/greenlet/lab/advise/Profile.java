package greenlet.lab.advise;

import org.jspecify.annotations.Nullable;

/**
 * What one call does when nothing else runs.
 *
 * <p>Immutable.
 *
 * @param wallNanos how long it takes
 * @param cpuNanos how long it computes, on threads that it waits for too; more than it takes if several do at once
 * @param handOffs how often it blocks a hub's carrier, so that another has to take over
 * @param stallNanos how long a sibling on the same hub waits for it at worst (99th percentile)
 * @param stalledIn where in the code it was found then; {@code null} if it was not looked for or not found
 */
public record Profile(
        double wallNanos,
        double cpuNanos,
        double handOffs,
        long stallNanos,
        @Nullable String stalledIn) {
    /** A sibling that waits longer notices. */
    private static final long NOTICEABLE_NANOS = 10_000_000;

    private static final double SOME_HAND_OFFS = 0.01;
    private static final double MORE_THAN_ONE = 1.2;

    /** {@return the share of its time that a call is blocked, 0 to 1} Not a switch point. */
    public double blockedShare() {
        return wallNanos <= 0 ? 0 : Math.clamp(1 - cpuNanos / wallNanos, 0, 1);
    }

    /** {@return whether it computes longer than it takes} Not a switch point. */
    public boolean computesOnSeveralThreads() {
        return cpuNanos > MORE_THAN_ONE * wallNanos;
    }

    /** {@return whether it makes its siblings on a hub wait} Not a switch point. */
    public boolean holdsSiblingsUp() {
        return stallNanos > NOTICEABLE_NANOS;
    }

    /** {@return whether it makes blocking calls that a hub cannot turn into switches} Not a switch point. */
    public boolean blocksCarriers() {
        return handOffs > SOME_HAND_OFFS;
    }
}
