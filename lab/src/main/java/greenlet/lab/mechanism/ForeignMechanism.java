package greenlet.lab.mechanism;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A mechanism that lives outside the JVM, such as Python's own greenlets. Its worker is a program of its own that speaks the workers'
 * language: JSON lines on standard output, see {@link greenlet.lab.fork.SampleLine}. It ends when its standard input does.
 *
 * <p>Immutable.
 */
public non-sealed interface ForeignMechanism extends Mechanism {
    /**
     * Why it cannot run a scenario, asked while the plan is made. Not a switch point.
     *
     * @param scenario name of the scenario
     * @return the reason, or nothing if it can
     */
    Optional<String> notApplicable(String scenario);

    /**
     * The command that measures one cell. May block on file I/O.
     *
     * @param scenario name of the scenario
     * @param parameters the size
     * @return program and arguments
     */
    List<String> command(String scenario, SortedMap<String, String> parameters);
}
