package greenlet.lab.mechanism.python;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An interpreter that can run the Python columns.
 *
 * <p>Immutable.
 *
 * @param executable the interpreter
 * @param version its implementation and version, such as {@code CPython 3.11.2}
 * @param greenletVersion version of its greenlet
 * @param geventVersion version of its gevent
 * @param gil whether a global interpreter lock lets one thread run at a time
 */
public record Python(Path executable, String version, String greenletVersion, String geventVersion, Gil gil) {
    /** The fact of a machine that names the interpreter. */
    static final String FACT = "python";

    /** Whether there is a global interpreter lock. */
    public enum Gil {
        /** The interpreter says that it is on. */
        ON("on"),
        /** The interpreter says that it is off: a free-threaded build. */
        OFF("off"),
        /** The interpreter is too old to be asked, and too old to run without. */
        ALWAYS("on (this version cannot do without)");

        private final String label;

        Gil(String label) {
            this.label = label;
        }

        /** {@return what people read} Not a switch point. */
        public String label() {
            return label;
        }
    }

    /** {@return what a report says of it among the facts of the machine} Not a switch point. */
    public SortedMap<String, String> facts() {
        return new TreeMap<>(Map.of(
                FACT,
                version + " (" + executable + ")",
                "pythonGevent",
                geventVersion,
                "pythonGreenlet",
                greenletVersion,
                "pythonGil",
                gil.label()));
    }
}
