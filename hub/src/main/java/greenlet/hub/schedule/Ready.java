package greenlet.hub.schedule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for its turn on a hub. It carries its own links, so that queueing it allocates nothing.
 *
 * <p>It can stand in two queues at once, once in each: among the ready, which only the carrier that has the turn touches, and among what other
 * threads have left. So the carrier queues with plain writes, and only other threads pay for their compare-and-set. Without the two marks a
 * thread resubmitted twice (the JDK does so after a stack walk) would be linked twice; with them it has a turn too many at worst, which
 * {@link #takeTurn} must bear.
 *
 * <p>Safe for use from any thread.
 */
public abstract class Ready {
    private static final VarHandle REMOTELY_QUEUED = field("remotelyQueued", boolean.class);

    // The carrier that has the turn.
    /** The link of the {@link ReadyQueue} that holds this; written by that queue only. */
    @Nullable
    Ready next;

    private boolean queued;

    // Any thread.
    /** The link in the {@link RemoteQueue}. */
    @Nullable
    Ready remoteNext;

    private volatile boolean remotelyQueued;

    /** For subclasses. */
    protected Ready() {}

    /** Runs this on the carrier that has the hub's turn; also if it has nothing to do. */
    protected abstract void takeTurn();

    /** Claims a place among the ready: true if the caller, the carrier that has the turn, may now queue this, false if it is there already. */
    final boolean tryQueue() {
        if (queued) {
            return false;
        }
        queued = true;
        return true;
    }

    /** Gives the place among the ready up, before the turn. */
    final void dequeued() {
        next = null;
        queued = false;
    }

    /** Claims a place among what other threads have left: true if the caller may now queue this there, false if it is there already. */
    final boolean tryQueueRemotely() {
        return !remotelyQueued && REMOTELY_QUEUED.compareAndSet(this, false, true);
    }

    /**
     * Gives that place up, before this is queued among the ready. A volatile write before the thread's state is read: whoever finds this
     * still queued has changed that state earlier, so that the coming turn sees the change.
     */
    final void dequeuedRemotely() {
        remotelyQueued = false;
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Ready.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
