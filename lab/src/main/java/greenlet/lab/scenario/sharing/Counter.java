package greenlet.lab.scenario.sharing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A counter that is not safe to share. Its accesses are opaque: as unprotected as those of a plain field, but each is made, where the
 * compiler would turn a loop over a plain field into a single addition.
 */
final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();

    @SuppressWarnings({"unused", "FieldMayBeFinal"}) // Read and written through VALUE.
    private long value;

    long read() {
        return (long) VALUE.getOpaque(this);
    }

    void write(long newValue) {
        VALUE.setOpaque(this, newValue);
    }

    /** One update without a lock. */
    void add() {
        write(read() + 1);
    }

    /** One update under the lock. */
    void addLocked() {
        lock.lock();
        try {
            add();
        } finally {
            lock.unlock();
        }
    }
}
