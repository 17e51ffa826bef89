package greenlet.lab.claim;

/** The part that a mechanism plays in a claim; {@link Platform} says which mechanism plays it where. Immutable. */
public enum Role {
    /** What the article is about. */
    GREENLETS("greenlets"),
    /** What the article means by threads: those that the operating system schedules. */
    THREADS("threads"),
    /** The JDK's own light threads, the rival that the article could not know. */
    VIRTUAL_THREADS("virtual threads");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /**
     * What people read where the platform is not named.
     *
     * @return in the plural
     */
    public String label() {
        return label;
    }
}
