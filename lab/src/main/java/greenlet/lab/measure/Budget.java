package greenlet.lab.measure;

import java.time.Duration;

/**
 * How long a whole comparison may take. A smaller budget measures fewer sizes; warm-up and repeats of what is measured stay.
 *
 * <p>Immutable.
 */
public enum Budget {
    /** At most 90 seconds: one size a scenario and one fork a cell, so its figures only indicate. */
    QUICK(Duration.ofSeconds(90), 1),
    /** At most 6 minutes. */
    DEFAULT(Duration.ofMinutes(6), 3),
    /** At most 40 minutes. */
    THOROUGH(Duration.ofMinutes(40), 7);

    private final Duration limit;
    private final int forks;

    Budget(Duration limit, int forks) {
        this.limit = limit;
        this.forks = forks;
    }

    /** {@return the longest that a whole comparison may take} Not a switch point. */
    public Duration limit() {
        return limit;
    }

    /** {@return how many worker processes measure each cell} Not a switch point. */
    public int forks() {
        return forks;
    }

    /** {@return whether figures of this budget are only indicative} Not a switch point. */
    public boolean isIndicative() {
        return this == QUICK;
    }
}
