package greenlet.bench.ratio;

import java.util.Map;

/**
 * One benchmark with its parameters: what one fork runs. Immutable.
 *
 * @param label what the table calls it
 * @param benchmark class and method below {@code greenlet.bench}, as in {@code SwitchBenchmark.ring}
 * @param parameters values of JMH parameters, by name
 */
public record Case(String label, String benchmark, Map<String, String> parameters) {
    /** Copies the parameters. */
    public Case {
        parameters = Map.copyOf(parameters);
    }

    /**
     * A benchmark without parameters. Not a switch point.
     *
     * @param label what the table calls it
     * @param benchmark class and method below {@code greenlet.bench}
     * @return the case
     */
    public static Case of(String label, String benchmark) {
        return new Case(label, benchmark, Map.of());
    }

    /**
     * The same benchmark with one more parameter. Not a switch point.
     *
     * @param name of the JMH parameter
     * @param value of the JMH parameter
     * @return the case
     */
    public Case with(String name, Object value) {
        var more = new java.util.HashMap<>(parameters);
        more.put(name, value.toString());
        return new Case(label, benchmark, more);
    }
}
