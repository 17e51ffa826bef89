package greenlet.lab.advise.worker;

import greenlet.lab.advise.Problem;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says.
 *
 * <p>Immutable, but for the collections and the histogram in it, which nobody changes.
 */
public sealed interface Answer extends Serializable {
    /**
     * The work is loaded.
     *
     * @param kind what it was taken as, such as {@code Runnable}
     */
    record Ready(String kind) implements Answer {}

    /**
     * A sequence ended.
     *
     * @param calls how many calls there were
     * @param parts what they left behind, by name
     * @param problems what went wrong
     */
    record Sequenced(long calls, SortedMap<String, Long> parts, List<Problem> problems) implements Answer {}

    /**
     * The warm-up ended.
     *
     * @param baseBytes memory while no caller is there
     * @param problems what went wrong
     */
    record Warm(long baseBytes, List<Problem> problems) implements Answer {}

    /**
     * A level was measured.
     *
     * @param concurrency callers that there were: fewer than ordered if the system refused more
     * @param calls calls that ended within the window
     * @param due calls that were due within the window; 0 where they come as they can
     * @param failures those of them that threw
     * @param windowNanos how long it was
     * @param latencies how long they took, in nanoseconds
     * @param cpuNanos CPU time of the process within the window
     * @param workCpuNanos CPU time of the callers and of the threads that they have work done on; -1 where that is not known
     * @param callerQueuedNanos how long they were ready to run and had no core; 0 where that is not known
     * @param memoryBytes live heap and what the process holds outside it
     * @param handOffs of the hubs within the window
     * @param stalls how late siblings were, in nanoseconds
     * @param stalledIn where in the code; {@code null} if not known
     * @param refused why there are fewer callers than ordered; {@code null} if there are not
     * @param problems what went wrong
     */
    record Measured(
            int concurrency,
            long calls,
            long due,
            long failures,
            long windowNanos,
            Histogram latencies,
            long cpuNanos,
            long workCpuNanos,
            long callerQueuedNanos,
            long memoryBytes,
            long handOffs,
            Histogram stalls,
            @Nullable String stalledIn,
            @Nullable String refused,
            List<Problem> problems)
            implements Answer {}

    /**
     * The worker is no more, or cannot go on.
     *
     * @param problem why
     */
    record Broken(Problem problem) implements Answer {}

    /** The worker was ended because the whole was. */
    record Interrupted() implements Answer {}
}
