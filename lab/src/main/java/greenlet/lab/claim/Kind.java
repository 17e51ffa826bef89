package greenlet.lab.claim;

/** How a claim is settled, if it is. Immutable. */
public enum Kind {
    /** By the figures of a comparison. */
    MEASURED("measured"),
    /** By a small program that does what the claim says: {@code ./greenlet example NAME}. */
    EXAMPLE("shown by an example"),
    /** Not at all: it says what a word means. */
    DEFINITION("definition"),
    /** Not at all: it is about the surroundings and not about greenlets or threads. */
    BACKGROUND("background");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /**
     * What people read.
     *
     * @return in lower case
     */
    public String label() {
        return label;
    }
}
