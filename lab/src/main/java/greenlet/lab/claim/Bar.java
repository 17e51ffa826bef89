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
