package greenlet.lab.scenario;

/**
 * One figure that a scenario gives.
 *
 * <p>Immutable.
 *
 * @param name its name, unique in the scenario
 * @param unit its base unit, never scaled: {@code ns}, {@code bytes}, {@code 1} for a count, {@code 1/s}
 * @param better which direction is better
 * @param about what it says, in a few words
 */
public record Metric(String name, String unit, Better better, String about) {
    /** Which direction is better. */
    public enum Better {
        /** Less is better: time, memory. */
        LOWER,
        /** More is better: throughput, how many can exist. */
        HIGHER
    }

    /**
     * A metric of which less is better. Not a switch point.
     *
     * @param name its name
     * @param unit its base unit
     * @param about what it says
     * @return the metric
     */
    public static Metric lower(String name, String unit, String about) {
        return new Metric(name, unit, Better.LOWER, about);
    }

    /**
     * A metric of which more is better. Not a switch point.
     *
     * @param name its name
     * @param unit its base unit
     * @param about what it says
     * @return the metric
     */
    public static Metric higher(String name, String unit, String about) {
        return new Metric(name, unit, Better.HIGHER, about);
    }
}
