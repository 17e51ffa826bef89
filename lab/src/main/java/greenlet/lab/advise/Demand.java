package greenlet.lab.advise;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the answer must keep to, and how long may be measured for it.
 *
 * <p>Immutable.
 *
 * @param memoryBytes the most memory that the program may hold; {@code null} if it does not matter
 * @param p99Nanos the longest time that one in a hundred may take longer than; {@code null} if it does not matter
 * @param maxTime how long measuring may take
 * @param callLimit a call that takes longer hangs
 * @param maxConcurrency the most callers at once
 * @param rounds how often the decisive figure is measured
 * @param ways among which to choose
 */
public record Demand(
        @Nullable Long memoryBytes,
        @Nullable Long p99Nanos,
        Duration maxTime,
        Duration callLimit,
        int maxConcurrency,
        int rounds,
        Set<Way> ways) {
    private static final long DEFAULT_HEAP_BYTES = 512L << 20;
    private static final long SMALLEST_HEAP_BYTES = 64L << 20;

    /** Copies the set. */
    public Demand {
        ways = Set.copyOf(ways);
    }

    /** {@return the heap that a worker gets, in bytes} Not a switch point. */
    public long heapBytes() {
        Long most = memoryBytes;
        return most == null ? DEFAULT_HEAP_BYTES : Math.max(SMALLEST_HEAP_BYTES, most);
    }

    /**
     * Whether a point keeps to this. Not a switch point.
     *
     * @param point a measured point
     * @return whether all its calls succeeded, in time and within the memory
     */
    public boolean admits(Point point) {
        return point.failures() == 0 && isInTime(point) && isWithinMemory(point) && point.keepsUp();
    }

    /**
     * Whether a point keeps to the time. Not a switch point.
     *
     * @param point a measured point
     * @return true where no time is demanded
     */
    public boolean isInTime(Point point) {
        Long most = p99Nanos;
        return most == null || point.p99Nanos() <= most;
    }

    /**
     * Whether a point keeps to the memory. Not a switch point.
     *
     * @param point a measured point
     * @return true where no memory is demanded
     */
    public boolean isWithinMemory(Point point) {
        Long most = memoryBytes;
        return most == null || point.memoryBytes() <= most;
    }
}
