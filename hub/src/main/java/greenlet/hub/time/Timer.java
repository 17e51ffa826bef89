package greenlet.hub.time;

/**
 * A place in a {@link TimerHeap}; each green thread owns one, so that a timed wait allocates nothing.
 *
 * <p>Confined to its hub's carrier thread.
 */
public abstract class Timer {
    static final int ABSENT = -1;

    /** When it fires, in the hub clock's nanoseconds. */
    long deadlineNanos;

    /** Breaks ties: of two equal deadlines the one set first fires first. */
    long sequence;

    /** Index in the heap, or {@link #ABSENT}. */
    int index = ABSENT;

    /** For subclasses. */
    protected Timer() {}

    /** Called by {@link TimerHeap#fireDue} when the deadline has passed; this is then no longer in the heap. */
    protected abstract void fire();

    /**
     * Whether the timer is set.
     *
     * @return true between add and firing or cancelling
     */
    public final boolean isSet() {
        return index != ABSENT;
    }

    /**
     * When it fires.
     *
     * @return the hub clock's nanoseconds
     */
    public final long deadlineNanos() {
        return deadlineNanos;
    }

    final boolean isBefore(Timer other) {
        long difference = deadlineNanos - other.deadlineNanos;
        return difference != 0 ? difference < 0 : sequence - other.sequence < 0;
    }
}
