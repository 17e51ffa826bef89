package greenlet.lab.claim;

import java.util.List;

/**
 * What the verdicts say to somebody who has to choose. Immutable.
 *
 * @param workload what for
 * @param platform where
 * @param advice in a sentence
 * @param strength how much it may be relied on
 * @param because the answers that it is computed from; empty if nothing was measured
 */
public record Choice(Workload workload, Platform platform, String advice, Strength strength, List<Answer> because) {
    /** Copies the answers. */
    public Choice {
        because = List.copyOf(because);
    }

    /**
     * Whether there was anything to compute it from.
     *
     * @return false if nothing was measured
     */
    public boolean isMeasured() {
        return !because.isEmpty();
    }
}
