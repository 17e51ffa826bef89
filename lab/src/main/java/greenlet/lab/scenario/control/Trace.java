package greenlet.lab.scenario.control;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which task did its step when. Notes are made without a lock, which would be a point where threads wait for each other.
 *
 * <p>Safe for use from any thread; complete when all that write have ended.
 */
final class Trace {
    private final byte[] tasks;
    private final AtomicInteger next = new AtomicInteger();

    Trace(int steps) {
        tasks = new byte[steps];
    }

    void note(int task) {
        tasks[next.getAndIncrement()] = (byte) ('a' + task);
    }

    byte[] bytes() {
        return tasks.clone();
    }
}
