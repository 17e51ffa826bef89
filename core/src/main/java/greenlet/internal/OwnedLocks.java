package greenlet.internal;

import greenlet.GreenletException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ReentrantLock}s and write locks that each thread owns, if {@link LockAgent} reports them. A thread's list is
 * its own. It is called inside every {@code lock()} and {@code unlock()} of the JVM: it must take no lock itself.
 *
 * <p>Read locks have no owner. Other synchronizers that name an owner are not locks of the program: a thread pool's worker
 * is one, and owns itself while its task runs.
 */
final class OwnedLocks implements BiConsumer<Object, @Nullable Object> {
    /** {@code ReentrantLock}'s and {@code ReentrantReadWriteLock}'s synchronizers are classes within these. */
    private static final String LOCKS = "java.util.concurrent.locks.Reentrant";

    private static final ThreadLocal<List<Object>> OWNED = ThreadLocal.withInitial(ArrayList::new);

    private static volatile boolean started;

    private OwnedLocks() {}

    /** Returns the recorder of this JVM, all of whose classes are initialised. */
    static OwnedLocks start() {
        OwnedLocks recorder = new OwnedLocks();
        Object probe = new Object();
        recorder.accept(probe, null);
        OWNED.get().clear();
        started = true;
        return recorder;
    }

    @Override
    public void accept(Object synchronizer, @Nullable Object owner) {
        if (!synchronizer.getClass().getName().startsWith(LOCKS)) {
            return;
        }
        List<Object> owned = OWNED.get();
        if (owner != null) {
            owned.add(synchronizer);
        } else {
            forget(owned, synchronizer);
        }
    }

    /** The latest is the likeliest. */
    @SuppressWarnings("ReferenceEquality") // this very lock
    private static void forget(List<Object> owned, Object synchronizer) {
        for (int i = owned.size() - 1; i >= 0; i--) {
            if (owned.get(i) == synchronizer) {
                owned.remove(i);
                return;
            }
        }
    }

    /** Refuses to leave the running greenlet while its thread owns a lock. */
    static void ensureNoneHeld(Strand leaving) {
        if (!started) {
            return;
        }
        List<Object> owned = OWNED.get();
        if (!owned.isEmpty()) {
            Object synchronizer = owned.getLast();
            String type = synchronizer.getClass().getName();
            throw new GreenletException.LockHeld("Cannot leave greenlet '" + leaving.name() + "': its thread owns a "
                    + type.substring(0, type.indexOf('$')) + " (" + synchronizer + "), and "
                    + (owned.size() - 1) + " more. A sibling would enter it too, as the same thread. Unlock it before"
                    + " switching, or switch off strict mode (-Dgreenlet.strict=false).");
        }
    }
}
