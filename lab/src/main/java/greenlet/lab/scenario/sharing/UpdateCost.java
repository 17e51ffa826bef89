package greenlet.lab.scenario.sharing;

import greenlet.lab.scenario.Crew;
import java.util.concurrent.ThreadFactory;

/**
 * Times updates of a shared counter: without a lock, and with one that nobody else or everybody wants.
 *
 * <p>Confined to the thread that made it.
 */
final class UpdateCost {
    private static final int PILOT = 2_000;

    private final ThreadFactory threads;
    private final long targetNanos;

    /** @param targetNanos how long one measurement should take */
    UpdateCost(ThreadFactory threads, long targetNanos) {
        this.threads = threads;
        this.targetNanos = targetNanos;
    }

    /** Nanoseconds an update without a lock, one task alone. */
    double unlocked() throws Exception {
        return nanosEach(1, Counter::add);
    }

    /** Nanoseconds an update under the lock: wall time divided by the updates of all tasks. */
    double locked(int tasks) throws Exception {
        return nanosEach(tasks, Counter::addLocked);
    }

    /** What is timed. */
    @FunctionalInterface
    private interface Update {
        void run(Counter counter);
    }

    /** A few updates first tell how many fill the time: a contended lock may be a thousand times as dear as a free one. */
    private double nanosEach(int tasks, Update update) throws Exception {
        double pilot = time(tasks, PILOT, update) / ((double) tasks * PILOT);
        int updates = (int) Math.clamp(targetNanos / (pilot * tasks), PILOT, 50_000_000);
        return time(tasks, updates, update) / ((double) tasks * updates);
    }

    private long time(int tasks, int updatesEach, Update update) throws Exception {
        Counter counter = new Counter();
        return Crew.run(threads, tasks, _ -> {
            for (int i = 0; i < updatesEach; i++) {
                update.run(counter);
            }
        });
    }
}
