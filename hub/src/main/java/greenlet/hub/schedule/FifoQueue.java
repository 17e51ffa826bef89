package greenlet.hub.schedule;

import org.jspecify.annotations.Nullable;

/** First come, first served: the production order. Confined to its hub's carrier thread. */
public final class FifoQueue implements ReadyQueue {
    private @Nullable Ready first;
    private @Nullable Ready last;
    private int size;

    /** Makes an empty queue. */
    public FifoQueue() {}

    @Override
    public void add(Ready entry) {
        entry.next = null;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        size++;
    }

    @Override
    public @Nullable Ready take() {
        Ready taken = first;
        if (taken == null) {
            return null;
        }
        first = taken.next;
        if (first == null) {
            last = null;
        }
        taken.next = null;
        size--;
        return taken;
    }

    @Override
    public int size() {
        return size;
    }
}
