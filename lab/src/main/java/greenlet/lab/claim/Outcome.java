package greenlet.lab.claim;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What the figures say of a claim. Immutable. */
public enum Outcome {
    /** The whole interval lies beyond the margin. */
    HOLDS("holds", "\u2713"),
    /** The whole interval lies beyond the opposite margin. */
    DOES_NOT_HOLD("does not hold", "\u2717"),
    /** Sizes, scenarios or rivals differ, or a level lies between its bounds. */
    DEPENDS("depends", "\u00b1"),
    /** A ratio whose interval reaches between the two margins. */
    TIE("tie", "="),
    /** No figures. */
    NOT_MEASURED("not measured here", "\u2013");

    private final String label;
    private final String symbol;

    Outcome(String label, String symbol) {
        this.label = label;
        this.symbol = symbol;
    }

    /**
     * What people read.
     *
     * @return in lower case
     */
    public String label() {
        return label;
    }

    /**
     * One character, so that the outcome can be told without colour.
     *
     * @return a printable character
     */
    public String symbol() {
        return symbol;
    }

    /**
     * What several outcomes come to together: their common value, {@link #DEPENDS} if they differ. What was not measured does not count.
     *
     * @param outcomes of the parts
     * @return {@link #NOT_MEASURED} if nothing was measured
     */
    public static Outcome together(Collection<Outcome> outcomes) {
        Set<Outcome> measured = EnumSet.noneOf(Outcome.class);
        measured.addAll(outcomes);
        measured.remove(NOT_MEASURED);
        if (measured.isEmpty()) {
            return NOT_MEASURED;
        }
        return measured.size() == 1 ? measured.iterator().next() : DEPENDS;
    }
}
