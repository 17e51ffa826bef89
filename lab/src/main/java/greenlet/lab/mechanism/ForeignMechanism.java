package greenlet.lab.mechanism;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
     * How long one worker takes on two slow cores, its start included. A worker that takes several times as long is ended. Not a switch
     * point.
     *
     * @param scenario name of the scenario
     * @param parameters the size
     * @return the estimate
     */
    Duration cost(String scenario, SortedMap<String, String> parameters);

    /**
     * How many workers measure a cell of which so many JVMs would: where nothing is compiled while it runs, one worker differs less from
     * the next. Not a switch point.
     *
     * @param jvms how many JVMs measure a cell of another mechanism
     * @return at least one, at most that many
     */
    default int forks(int jvms) {
        return jvms;
    }

    /**
     * The command that measures one cell. May block on file I/O.
     *
     * @param work what to measure
     * @return program and arguments
     */
    List<String> command(Work work);

    /**
     * What a foreign worker is to measure.
     *
     * <p>Immutable.
     *
     * @param scenario name of the scenario
     * @param parameters the size
     * @param pace factor on how long it warms up and measures, 1 for every real comparison
     * @param partner command line of the lab's own process on the other side, which the worker starts; empty if the scenario needs none
     */
    record Work(String scenario, SortedMap<String, String> parameters, double pace, List<String> partner) {
        /** Copies the collections. */
        public Work {
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
            partner = List.copyOf(partner);
        }
    }
}
