package greenlet.lab.advise.worker;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The work as a worker sees it, whatever it was given as.
 *
 * <p>As thread-safe as the work is.
 */
public interface Job {
    /** {@return what the work was taken as, such as {@code Callable}} Not a switch point. */
    String kind();

    /**
     * Prepares for callers.
     *
     * @param callers how many
     * @throws Throwable whatever the work throws
     */
    default void open(int callers) throws Throwable {}

    /**
     * One call.
     *
     * @param caller its caller
     * @throws Throwable whatever the work throws
     */
    void call(int caller) throws Throwable;

    /** {@return what all calls so far left behind, by name; the same after equally many calls unless there is a race} Not a switch point. */
    default SortedMap<String, Long> parts() {
        return new TreeMap<>();
    }

    /**
     * Frees what {@link #open} took.
     *
     * @throws Throwable whatever the work throws
     */
    default void close() throws Throwable {}
}
