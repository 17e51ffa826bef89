package greenlet.lab.scenario;

import java.time.Duration;

/**
 * How long scenarios warm up and measure, as a factor on what each says: 1 for every real comparison. Tests of the machinery, which look
 * at no figure, run at less. The parent hands it to its workers.
 *
 * <p>Immutable.
 */
public final class Pace {
    /** The system property that holds the factor. */
    public static final String PROPERTY = "greenlet.lab.pace";

    private Pace() {}

    /** {@return the factor} Not a switch point. */
    public static double factor() {
        return Double.parseDouble(System.getProperty(PROPERTY, "1"));
    }

    /**
     * A duration at this pace. Not a switch point.
     *
     * @param full the duration at pace 1
     * @return the paced one, at least a millisecond
     */
    public static Duration of(Duration full) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (full.toNanos() * factor())));
    }

    /** A count at this pace, at least one. */
    static int of(int full) {
        return (int) Math.max(1, Math.round(full * factor()));
    }
}
