package greenlet.hub.schedule;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Where other threads leave what became ready: lock-free, many producers, one consumer, no allocation.
 *
 * <p>A Treiber stack (R. K. Treiber, <i>Systems Programming: Coping with Parallelism</i>, 1986) that the consumer takes
 * as a whole and turns round, which gives back the order of arrival. Taking the whole stack is what makes reuse of
 * nodes safe: the consumer never compares a head that it has read before.
 *
 * <p>Safe for use from any thread; {@link #takeAll} only by the carrier that has the turn.
 */
final class RemoteQueue {
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(RemoteQueue.class, "head", Ready.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Ready head;

    void push(Ready entry) {
        Ready seen;
        do {
            seen = head;
            entry.remoteNext = seen;
        } while (!HEAD.compareAndSet(this, seen, entry));
    }

    boolean isEmpty() {
        return head == null;
    }

    /** Takes everything, first come first; follow {@code remoteNext}. */
    @Nullable
    Ready takeAll() {
        Ready newest = (Ready) HEAD.getAndSet(this, (Ready) null);
        Ready oldest = null;
        while (newest != null) {
            Ready older = newest.remoteNext;
            newest.remoteNext = oldest;
            oldest = newest;
            newest = older;
        }
        return oldest;
    }
}
