package greenlet.lab.fork;

import greenlet.lab.process.ProcessTree;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The wish to end a comparison at once, Ctrl-C for instance: kills the worker of the moment and starts no other.
 *
 * <p>Safe for use from any thread.
 */
public final class Stop {
    private final CountDownLatch wished = new CountDownLatch(1);
    /** Guarded by this: set and killed under it, so that no worker slips through between the two. */
    private @Nullable Process current;

    /** Ends the worker of the moment, with its children. Not a switch point. */
    public synchronized void request() {
        wished.countDown();
        Process worker = current;
        if (worker != null) {
            ProcessTree.kill(worker.toHandle());
        }
    }

    /** {@return whether the comparison is to end} Not a switch point. */
    public boolean isRequested() {
        return wished.getCount() == 0;
    }

    /** Waits a moment for the wish: a signal that ended a worker may reach this process a little later. */
    boolean waitRequested(Duration moment) throws InterruptedException {
        return wished.await(moment.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Takes charge of a started worker. */
    synchronized void watch(@Nullable Process worker) {
        current = worker;
        if (worker != null && isRequested()) {
            ProcessTree.kill(worker.toHandle());
        }
    }
}
