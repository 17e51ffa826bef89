package greenlet.hub.internal.jdk;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JDK's socket pollers off every hub.
 *
 * <p>The JDK makes its process-wide pollers, virtual threads, in a static initialiser, and they inherit the scheduler of
 * whoever first blocks on a socket. If that were a hub's green thread, stopping the hub would hang socket I/O in the whole
 * JVM. So the initialiser is run here first, on a platform thread.
 *
 * <p>Safe for use from any thread.
 */
public final class JdkPollers {
    /** For statistics: who looks for input. */
    public static final String DESCRIPTION = "the JDK's pollers";

    private static volatile boolean settled;

    private JdkPollers() {}

    /** Runs {@code sun.nio.ch.Poller}'s initialiser on a platform thread, once; blocks that long. */
    public static void settle() {
        if (settled) {
            return;
        }
        Thread waiter = Thread.currentThread();
        Initialiser initialiser = new Initialiser(waiter);
        Thread platform =
                Thread.ofPlatform().daemon().name("greenlet-poller-init").unstarted(initialiser);
        platform.start();
        while (!initialiser.done) {
            LockSupport.park(initialiser);
        }
        if (initialiser.failure != null) {
            throw new IllegalStateException(
                    "The JDK's socket pollers could not be initialised: " + initialiser.failure, initialiser.failure);
        }
        settled = true;
    }

    private static final class Initialiser implements Runnable {
        private final Thread waiter;
        volatile boolean done;
        volatile @Nullable Throwable failure;

        Initialiser(Thread waiter) {
            this.waiter = waiter;
        }

        @Override
        public void run() {
            try {
                Class.forName("sun.nio.ch.Poller", true, null);
            } catch (ReflectiveOperationException | LinkageError e) {
                failure = e;
            } finally {
                done = true;
                LockSupport.unpark(waiter);
            }
        }
    }
}
