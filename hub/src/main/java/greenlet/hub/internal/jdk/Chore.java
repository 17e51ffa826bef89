package greenlet.hub.internal.jdk;

import org.jspecify.annotations.Nullable;

/**
 * Something for a hub's {@link Usher} to do. It carries its own link, so that queueing it allocates nothing.
 *
 * <p>Confined to its hub's carrier thread.
 */
public final class Chore {
    final Runnable work;

    // Written by the usher's queue.
    @Nullable
    Chore next;

    boolean queued;

    /**
     * Makes a chore that can be posted again and again.
     *
     * @param work what is to be done; it may block
     */
    public Chore(Runnable work) {
        this.work = work;
    }
}
