package greenlet.hub.internal.jdk;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A green thread of the hub's own for what a carrier must not do itself, because it may block: interrupting, and calling
 * handlers that users wrote. A carrier that waited for a lock of one of its green threads would wait for ever. First come, first served;
 * posting allocates nothing.
 *
 * <p>Confined to its hub's carrier thread: only green threads of the hub and its carrier, while it has the turn, may post.
 */
final class Usher {
    private final HubScheduler scheduler;
    private final GreenTask task;
    private @Nullable Chore first;
    private @Nullable Chore last;
    private volatile boolean ending;

    /** What it is doing, if anything; written by the usher. */
    private volatile @Nullable Chore current;

    Usher(HubScheduler scheduler, String name) {
        this.scheduler = scheduler;
        task = scheduler.create(name, this::serve, GreenTask.Origin.INTERNAL);
    }

    GreenTask task() {
        return task;
    }

    /** Does nothing if the chore is waiting already: one that may come again meanwhile must look at things when it is done. */
    void post(Chore chore) {
        if (task.isTerminated()) {
            // The hub has ended: there is nobody left whom a chore could block but abandoned threads.
            run(chore);
            return;
        }
        if (!chore.queued) {
            add(chore);
        }
        LockSupport.unpark(task.thread());
    }

    /** Lets the usher end once nothing is left to do. Safe for use from any thread. */
    void end() {
        ending = true;
        LockSupport.unpark(task.thread());
    }

    /** Whether it is doing something else. Safe for use from any thread. */
    boolean isBusyWithAnother(Chore chore) {
        Chore busyWith = current;
        return busyWith != null && busyWith != chore;
    }

    private void serve() {
        while (true) {
            Chore chore = take();
            if (chore == null) {
                if (ending) {
                    return;
                }
                LockSupport.park(this);
                continue;
            }
            current = chore;
            run(chore);
            current = null;
        }
    }

    private void add(Chore chore) {
        chore.queued = true;
        if (last == null) {
            first = chore;
        } else {
            last.next = chore;
        }
        last = chore;
    }

    private @Nullable Chore take() {
        Chore taken = first;
        if (taken == null) {
            return null;
        }
        first = taken.next;
        if (first == null) {
            last = null;
        }
        taken.next = null;
        taken.queued = false;
        return taken;
    }

    private void run(Chore chore) {
        try {
            chore.work.run();
        } catch (Throwable failure) { // of a user's channel that an interrupt closes: never the end of the usher
            scheduler.listener().onError(Thread.currentThread(), failure);
        }
    }
}
