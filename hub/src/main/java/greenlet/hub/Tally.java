package greenlet.hub;

import java.io.Serial;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Counts up and down, and lets others wait until few enough are left. Counting never blocks or allocates, so that a carrier may do it.
 *
 * <p>Safe for use from any thread.
 */
final class Tally {
    private static final class Sync extends AbstractQueuedSynchronizer {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected int tryAcquireShared(int left) {
            return getState() <= left ? 1 : -1;
        }

        @Override
        protected boolean tryReleaseShared(int change) {
            while (true) {
                int count = getState();
                if (compareAndSetState(count, count + change)) {
                    return change < 0;
                }
            }
        }

        int count() {
            return getState();
        }
    }

    private final Sync sync = new Sync();

    void up() {
        sync.releaseShared(1);
    }

    void down() {
        sync.releaseShared(-1);
    }

    int count() {
        return sync.count();
    }

    /** Waits until no more than {@code left} are counted. */
    void awaitAtMost(int left) throws InterruptedException {
        sync.acquireSharedInterruptibly(left);
    }

    /** Waits so many nanoseconds for no more than {@code left}; true if it came to that. */
    boolean awaitAtMost(int left, long nanos) throws InterruptedException {
        return sync.tryAcquireSharedNanos(left, nanos);
    }
}
