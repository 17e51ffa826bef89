package greenlet.lab.measure;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The flags that the workers of a scenario at one size were started with, all of them but the class path.
 *
 * <p>Immutable.
 *
 * @param scenario name of the scenario
 * @param parameters the size, as in {@link Run#parameters()}
 * @param flags as on the command line, in its order
 */
public record JvmFlags(String scenario, SortedMap<String, String> parameters, List<String> flags) {
    /** Copies the collections, and takes from the flags what a terminal would obey. */
    public JvmFlags {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        flags = flags.stream().map(PlainText::of).toList();
    }
}
