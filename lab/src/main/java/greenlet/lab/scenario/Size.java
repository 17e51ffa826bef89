package greenlet.lab.scenario;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters that a scenario is measured at, such as {@code depth=10}.
 *
 * <p>Immutable.
 *
 * @param parameters value by name
 */
public record Size(SortedMap<String, String> parameters) {
    /** The size of a scenario that has only one. */
    public static final Size ONLY = new Size(Collections.emptySortedMap());

    /** Copies the parameters. */
    public Size {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /**
     * A size of one parameter. Not a switch point.
     *
     * @param name its name
     * @param value its value
     * @return the size
     */
    public static Size of(String name, long value) {
        return ONLY.and(name, value);
    }

    /**
     * This size with one more parameter. Not a switch point.
     *
     * @param name its name
     * @param value its value
     * @return the new size
     */
    public Size and(String name, long value) {
        SortedMap<String, String> more = new TreeMap<>(parameters);
        more.put(name, Long.toString(value));
        return new Size(more);
    }

    /**
     * A numeric parameter. Not a switch point.
     *
     * @param name its name
     * @return its value
     * @throws IllegalArgumentException if there is none of that name or it is no whole number
     */
    public int get(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Cannot take parameter '" + name + "' of " + parameters + ": there is none. Name one of these.");
        }
        return Integer.parseInt(value);
    }

    /**
     * {@return whether a parameter of that name is given} Not a switch point.
     *
     * @param name its name
     */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }
}
