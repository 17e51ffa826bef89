package greenlet.lab.claim;

import java.util.Collection;

/** How much an outcome may be relied on. Immutable. */
public enum Strength {
    /** Enough budget and repeats. */
    FOUND,
    /** A quick or interrupted comparison, or fewer than three samples: no more than a hint. */
    INDICATED;

    /**
     * The weakest of several.
     *
     * @param strengths of the parts
     * @return {@link #FOUND} if all of them are
     */
    public static Strength weakest(Collection<Strength> strengths) {
        return strengths.contains(INDICATED) ? INDICATED : FOUND;
    }

    /**
     * What people read: the outcome itself, or that it is only indicated.
     *
     * @param outcome to put into words
     * @return for example {@code indicates: holds}
     */
    public String words(Outcome outcome) {
        boolean hint = this == INDICATED && outcome != Outcome.NOT_MEASURED;
        return hint ? "indicates: " + outcome.label() : outcome.label();
    }
}
