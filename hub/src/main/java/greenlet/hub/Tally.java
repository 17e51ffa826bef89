package greenlet.hub;

import java.io.Serial;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * Counts up and down, and lets others wait for zero. Counting never blocks, so that a carrier may do it.
 *
 * <p>Safe for use from any thread.
 */
final class Tally {
    private static final class Sync extends AbstractQueuedSynchronizer {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected int tryAcquireShared(int ignored) {
            return getState() == 0 ? 1 : -1;
        }

        @Override
        protected boolean tryReleaseShared(int change) {
            while (true) {
                int count = getState();
                if (compareAndSetState(count, count + change)) {
                    return count + change == 0;
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

    void awaitZero() throws InterruptedException {
        sync.acquireSharedInterruptibly(0);
    }

    /** Waits for zero so many nanoseconds at most; true if it came. */
    boolean awaitZero(long nanos) throws InterruptedException {
        return sync.tryAcquireSharedNanos(0, nanos);
    }
}
