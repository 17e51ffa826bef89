package greenlet.hub.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Decides which of the ready green threads runs next. Production is {@link FifoQueue}; a simulator brings its own.
 *
 * <p>Confined to its hub's carrier thread. Implementations must not allocate, lock or throw: they run in the middle of a switch.
 */
public interface ReadyQueue {
    /**
     * Adds an entry.
     *
     * @param entry what became ready; in no other queue
     */
    void add(Ready entry);

    /**
     * Takes the entry that runs next.
     *
     * @return the entry, or null if none is ready
     */
    @Nullable
    Ready take();

    /**
     * How many are ready.
     *
     * @return the number of entries
     */
    int size();
}
