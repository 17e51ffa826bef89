package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.Ready;
import greenlet.hub.time.Timer;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One green thread as its hub sees it. It stands in for the task that the virtual thread hands to its scheduler
 * ({@code VirtualThread.runContinuation}), so that from a thread's start to its end scheduling it, its timed waits included,
 * allocates nothing.
 *
 * <p>Confined to its hub's carrier thread, but for {@link #thread}, {@link #run} and the {@linkplain #attachment() attachment}.
 */
public final class GreenTask extends Ready implements Runnable {
    /** How a thread came to its hub. */
    public enum Origin {
        /** Through the hub: {@code spawn}, its thread factory, its executor. */
        SPAWNED,
        /** Made by code that ran on the hub; virtual threads inherit the scheduler of the thread that makes them. */
        INHERITED
    }

    private final HubScheduler scheduler;
    private final Origin origin;
    private final Thread thread;
    private final Runnable runContinuation;
    private final WaitTimer timer;
    private volatile @Nullable Object attachment;
    private boolean started;

    /** Written by the thread that starts this one, before anybody else can schedule it. */
    boolean registered;

    GreenTask(HubScheduler scheduler, Thread thread, Runnable runContinuation, Origin origin) {
        this.scheduler = scheduler;
        this.thread = thread;
        this.runContinuation = runContinuation;
        this.origin = origin;
        this.timer = new WaitTimer();
    }

    /**
     * The virtual thread.
     *
     * @return the thread
     */
    public Thread thread() {
        return thread;
    }

    HubScheduler scheduler() {
        return scheduler;
    }

    /**
     * How the thread came to its hub.
     *
     * @return the origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * What the hub keeps with this thread.
     *
     * @return the attachment, or null
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Keeps something with this thread.
     *
     * @param value the attachment
     */
    public void attach(Object value) {
        attachment = value;
    }

    @Override
    protected void takeTurn() {
        HubCarrier carrier = (HubCarrier) Thread.currentThread();
        if (!started) {
            scheduler.onFirstTurn();
            started = true;
        }
        carrier.enter(this);
        try {
            runContinuation.run();
        } finally {
            carrier.leave();
            if (VirtualThreads.state(thread) == VirtualThreads.TERMINATED) {
                scheduler.onEnded(this);
            }
        }
    }

    /** Never called: the scheduler takes this task apart instead of running it. */
    @Override
    public void run() {
        throw new IllegalStateException("A green thread runs only on its hub: " + thread);
    }

    /** Sets the timer of this thread's timed wait; its previous one is no longer set. */
    ScheduledFuture<?> scheduleWakeUp(Runnable command, long delayNanos) {
        WaitTimer wait = timer.isSet() ? new WaitTimer() : timer;
        wait.command = command;
        scheduler.loop().setTimer(wait, delayNanos);
        return wait;
    }

    /** The timer of a timed wait, and what the JDK holds to cancel it. A thread waits for one thing at a time. */
    private final class WaitTimer extends Timer implements ScheduledFuture<Object> {
        private @Nullable Runnable command;

        @Override
        protected void fire() {
            Runnable due = command;
            command = null;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            command = null;
            return scheduler.loop().cancelTimer(this);
        }

        @Override
        public boolean isCancelled() {
            return command == null && !isSet();
        }

        @Override
        public boolean isDone() {
            return !isSet();
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException("The JDK only cancels the timer of a timed wait");
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException("The JDK only cancels the timer of a timed wait");
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("The JDK only cancels the timer of a timed wait");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("The JDK only cancels the timer of a timed wait");
        }
    }
}
