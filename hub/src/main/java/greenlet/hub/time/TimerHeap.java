package greenlet.hub.time;

import java.util.Arrays;

/**
 * The timers of one hub: a binary heap in which each timer knows its index, so that cancelling is O(log n).
 *
 * <p>Whoever may set a timer in the middle of a switch sets room aside before ({@link #reserve}), where that may fail; adding then
 * never allocates and therefore never fails.
 *
 * <p>Confined to its hub's carrier thread.
 */
public final class TimerHeap {
    /** What {@link #nextDeadlineNanos} answers when no timer is set is undefined; ask {@link #isEmpty} first. */
    private Timer[] heap = new Timer[64];

    private int size;
    private int reserved;
    private long sequence;

    /** Makes an empty heap. */
    public TimerHeap() {}

    /**
     * Sets room aside for so many more timers; they fit without allocation until it is released. Without memory for it nothing has changed.
     *
     * @param timers the number of timers
     */
    public void reserve(int timers) {
        grow(reserved + timers);
        reserved += timers;
    }

    /**
     * Gives up room that was set aside. Never fails.
     *
     * @param timers the number of timers
     */
    public void release(int timers) {
        reserved -= timers;
    }

    /**
     * How many timers fit without allocation.
     *
     * @return the number, those that are set included
     */
    public int room() {
        return heap.length;
    }

    /**
     * Sets a timer.
     *
     * @param timer not set
     * @param deadlineNanos when to fire, in the hub clock's nanoseconds
     */
    public void add(Timer timer, long deadlineNanos) {
        grow(size + 1);
        timer.deadlineNanos = deadlineNanos;
        timer.sequence = sequence++;
        siftUp(size++, timer);
    }

    /**
     * Takes a timer out; does nothing if it is not set.
     *
     * @param timer the timer
     * @return true if it was set
     */
    public boolean remove(Timer timer) {
        int index = timer.index;
        if (index == Timer.ABSENT) {
            return false;
        }
        timer.index = Timer.ABSENT;
        Timer last = heap[--size];
        clear(size);
        if (index != size) {
            siftDown(index, last);
            if (last.index == index) {
                siftUp(index, last);
            }
        }
        return true;
    }

    /**
     * Fires every timer whose deadline is not after {@code nowNanos}, earliest first.
     *
     * @param nowNanos the hub clock's time
     * @return how many fired
     */
    public int fireDue(long nowNanos) {
        int fired = 0;
        while (size > 0 && heap[0].deadlineNanos - nowNanos <= 0) {
            Timer due = heap[0];
            remove(due);
            fired++;
            due.fire();
        }
        return fired;
    }

    /**
     * Whether no timer is set.
     *
     * @return true if empty
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * How many timers are set.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * The earliest deadline; only while a timer is set.
     *
     * @return the hub clock's nanoseconds
     */
    public long nextDeadlineNanos() {
        return heap[0].deadlineNanos;
    }

    private void grow(int timers) {
        if (timers > heap.length) {
            heap = Arrays.copyOf(heap, Math.max(timers, heap.length * 2));
        }
    }

    private void siftUp(int index, Timer timer) {
        int hole = index;
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!timer.isBefore(heap[parent])) {
                break;
            }
            place(hole, heap[parent]);
            hole = parent;
        }
        place(hole, timer);
    }

    private void siftDown(int index, Timer timer) {
        int hole = index;
        int firstLeaf = size >>> 1;
        while (hole < firstLeaf) {
            int child = 2 * hole + 1;
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(timer)) {
                break;
            }
            place(hole, heap[child]);
            hole = child;
        }
        place(hole, timer);
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    @SuppressWarnings("NullAway") // slots at and past size are empty and never read
    private void clear(int index) {
        heap[index] = null;
    }
}
