package greenlet.lab.claim;

import greenlet.lab.measure.Interval;

/**
 * What an interval is held against: the bound from which a claim holds, and the one from which it is refuted. What lies between is room for
 * noise, so that repeating a comparison does not turn one into the other. Immutable.
 *
 * @param holds the claim holds if the whole interval is at this bound or beyond
 * @param refuted it does not if the whole interval is at this bound or beyond, on the other side
 */
public record Bar(double holds, double refuted) {
    /** Checks that there is room between the bounds. */
    public Bar {
        if (!(holds != refuted)) {
            throw new IllegalArgumentException(
                    "Cannot judge between " + holds + " and " + refuted + ": give two different bounds.");
        }
    }

    /**
     * For a ratio that is claimed to be greater than one.
     *
     * @param margin by which, more than 1
     * @return holds from the margin on, refuted from its inverse down
     */
    public static Bar times(double margin) {
        if (!(margin > 1)) {
            throw new IllegalArgumentException(
                    "Cannot use the margin " + margin + ": a ratio's margin is more than 1.");
        }
        return new Bar(margin, 1 / margin);
    }

    /**
     * For what one case proves and no number of cases without it refutes, such as a race.
     *
     * @param holds the claim holds if the whole interval is at this bound or beyond
     * @param more whether beyond it is more
     * @return a bar that nothing is refuted by
     */
    static Bar seen(double holds, boolean more) {
        return new Bar(holds, more ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }

    /**
     * Whether an interval can refute a claim.
     *
     * @return false for {@link #seen}
     */
    boolean isRefutable() {
        return Double.isFinite(refuted);
    }

    /**
     * The same bar for a ratio whose noise nobody knows: away from one by as much again on either side.
     *
     * @return holds from the square of the margin on
     */
    Bar squared() {
        return new Bar(holds * holds, refuted * refuted);
    }

    /**
     * What the bar says of an interval.
     *
     * @param interval of the figure
     * @param between the outcome for an interval that reaches into the room between the bounds
     * @return the outcome
     */
    public Outcome judge(Interval interval, Outcome between) {
        boolean more = holds > refuted;
        if (more ? interval.low() >= holds : interval.high() <= holds) {
            return Outcome.HOLDS;
        }
        if (more ? interval.high() <= refuted : interval.low() >= refuted) {
            return Outcome.DOES_NOT_HOLD;
        }
        return between;
    }
}
