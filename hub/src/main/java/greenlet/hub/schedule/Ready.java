package greenlet.hub.schedule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for its turn on a hub. It carries its own link, so that queueing it allocates nothing.
 *
 * <p>Safe for use from any thread.
 */
public abstract class Ready {
    private static final VarHandle QUEUED = field("queued", boolean.class);

    /** The link of the one queue that holds this; written by that queue only. */
    @Nullable
    Ready next;

    /** True while a queue holds this. Without it a thread resubmitted twice (the JDK does so after a stack walk) would be linked twice. */
    private volatile boolean queued;

    /** For subclasses. */
    protected Ready() {}

    /** Runs this on the carrier that has the hub's turn. Called with {@link #isQueued()} already false. */
    protected abstract void takeTurn();

    /** Claims the link: true if the caller may now queue this, false if it is queued already and will run anyway. */
    final boolean tryQueue() {
        return !queued && QUEUED.compareAndSet(this, false, true);
    }

    /**
     * Releases the link. A volatile write before the thread's state is read: whoever finds this still queued has changed
     * that state earlier, so that the coming turn sees the change.
     */
    final void dequeued() {
        next = null;
        queued = false;
    }

    /** Whether a queue holds this. */
    public final boolean isQueued() {
        return queued;
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Ready.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
