package greenlet.hub.internal.jdk;

import greenlet.hub.time.Timer;

/**
 * Interrupts a killed green thread again each time it waits. At once at first; a thread that waits in a way which
 * interrupts do not end ({@code Lock.lock}) is reminded ever more seldom, so that it does not spin.
 *
 * <p>Confined to its hub's carrier thread. It is the hub's usher that interrupts, since that runs code which may block.
 */
final class Reminder extends Timer {
    private static final int AT_ONCE = 4;
    private static final long FIRST_DELAY_NANOS = 1_000_000;
    private static final int LONGEST_DELAY_SHIFT = 7;

    private final GreenTask task;
    private final Chore interrupting = new Chore(this::interrupt);
    private int times;

    Reminder(GreenTask task) {
        this.task = task;
    }

    void set() {
        if (isSet()) {
            return;
        }
        int late = times++ - AT_ONCE;
        long delay = late < 0 ? 0 : FIRST_DELAY_NANOS << Math.min(late, LONGEST_DELAY_SHIFT);
        task.scheduler().loop().setTimer(this, delay);
    }

    @Override
    protected void fire() {
        task.scheduler().usher().post(interrupting);
    }

    private void interrupt() {
        if (VirtualThreads.isWaiting(VirtualThreads.state(task.thread()))) {
            task.thread().interrupt();
        }
    }
}
