package greenlet.hub.internal.jdk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/**
 * A green thread of the hub's own for what a carrier must not do itself, because it may block: interrupting, and calling
 * handlers that users wrote. A carrier that waited for a lock of one of its green threads would wait for ever.
 *
 * <p>Confined to its hub's carrier thread: only green threads of the hub and its carrier, while it has the turn, may post.
 */
final class Usher {
    private static final int CHORES_WITHOUT_ALLOCATION = 256;

    private final Queue<Runnable> chores = new ArrayDeque<>(CHORES_WITHOUT_ALLOCATION);
    private final GreenTask task;
    private volatile boolean ending;

    Usher(HubScheduler scheduler, String name) {
        task = scheduler.create(name, this::serve, GreenTask.Origin.INTERNAL);
    }

    GreenTask task() {
        return task;
    }

    void post(Runnable chore) {
        if (task.isTerminated()) {
            // The hub has ended: there is nobody left whom a chore could block but abandoned threads.
            run(chore);
            return;
        }
        chores.add(chore);
        LockSupport.unpark(task.thread());
    }

    /** Lets the usher end once nothing is left to do. Safe for use from any thread. */
    void end() {
        ending = true;
        LockSupport.unpark(task.thread());
    }

    private void serve() {
        while (true) {
            Runnable chore = chores.poll();
            if (chore == null) {
                if (ending) {
                    return;
                }
                LockSupport.park(this);
                continue;
            }
            run(chore);
        }
    }

    private static void run(Runnable chore) {
        try {
            chore.run();
        } catch (Throwable failure) { // of a user's handler, or of its interrupt: never the end of the usher
            Thread self = Thread.currentThread();
            self.getThreadGroup().uncaughtException(self, failure);
        }
    }
}
