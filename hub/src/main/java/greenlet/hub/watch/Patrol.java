package greenlet.hub.watch;

import java.util.concurrent.locks.LockSupport;

/**
 * A daemon platform thread that looks at something regularly, until it is stopped. What a look throws goes to the thread's handler of uncaught
 * exceptions, and the next look follows.
 *
 * <p>Safe for use from any thread.
 */
public final class Patrol {
    private final Thread thread;
    private final long periodNanos;
    private final Runnable look;
    private volatile boolean stopped;

    /**
     * Makes a patrol that has not begun.
     *
     * @param name of its thread
     * @param periodNanos between two looks, in nanoseconds
     * @param look what to do; only ever by one thread
     */
    public Patrol(String name, long periodNanos, Runnable look) {
        this.periodNanos = periodNanos;
        this.look = look;
        this.thread = new Thread(null, this::patrol, name, 0, false);
        thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Ends, after the look that is under way. Does not wait for that. */
    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void patrol() {
        while (!stopped) {
            LockSupport.parkNanos(this, periodNanos);
            Thread.interrupted(); // left set, it would turn the pauses into a spin
            if (!stopped) {
                lookOnce();
            }
        }
    }

    private void lookOnce() {
        try {
            look.run();
        } catch (Throwable failure) { // of a listener, or for want of memory
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
        }
    }
}
