package greenlet.lab.scenario.sharing;

import greenlet.lab.scenario.Crew;
import java.util.concurrent.ThreadFactory;

/**
 * Counts updates that get lost when tasks share a counter without a lock.
 *
 * <p>Confined to the thread that made it.
 */
final class LostUpdates {
    private final ThreadFactory threads;
    private final int tasks;

    LostUpdates(ThreadFactory threads, int tasks) {
        this.threads = threads;
        this.tasks = tasks;
    }

    /** How many are lost when nothing blocks between reading and writing. */
    long unlocked(int updatesEach) throws Exception {
        Counter counter = new Counter();
        Crew.run(threads, tasks, _ -> {
            for (int i = 0; i < updatesEach; i++) {
                counter.add();
            }
        });
        return lost(counter, updatesEach);
    }

    /** How many are lost when a line is logged between reading and writing: a call that may block, and does not look it. */
    long aroundBlockingCall(int updatesEach) throws Exception {
        Counter counter = new Counter();
        LogAppender log = LogAppender.open(threads);
        Crew.run(threads, tasks, _ -> {
            for (int i = 0; i < updatesEach; i++) {
                long read = counter.read();
                log.log("about to count");
                counter.write(read + 1);
            }
        });
        log.close();
        return lost(counter, updatesEach);
    }

    private long lost(Counter counter, int updatesEach) {
        return (long) tasks * updatesEach - counter.read();
    }
}
