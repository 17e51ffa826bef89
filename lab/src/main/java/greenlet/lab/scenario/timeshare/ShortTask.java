package greenlet.lab.scenario.timeshare;

import java.util.concurrent.locks.LockSupport;

/**
 * A task that has a moment's work to do at fixed times and records how late it came to it. The times are fixed beforehand: after a stall
 * it catches up, and each missed time counts with its own delay, not the stall once.
 */
final class ShortTask implements Runnable {
    private final long firstNanos;
    private final long periodNanos;
    private final long[] delays;

    /**
     * @param firstNanos when it is first due, by {@link System#nanoTime}
     * @param periodNanos from one due time to the next
     * @param times how often it is due
     */
    ShortTask(long firstNanos, long periodNanos, int times) {
        this.firstNanos = firstNanos;
        this.periodNanos = periodNanos;
        this.delays = new long[times];
    }

    @Override
    public void run() {
        for (int i = 0; i < delays.length; i++) {
            long due = firstNanos + i * periodNanos;
            long wait = due - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(this, wait);
                wait = due - System.nanoTime();
            }
            delays[i] = -wait;
        }
    }

    /** The delays in nanoseconds; complete once it has ended. */
    long[] delays() {
        return delays.clone();
    }
}
