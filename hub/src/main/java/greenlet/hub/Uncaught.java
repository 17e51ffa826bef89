package greenlet.hub;

import greenlet.GreenletExit;
import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Where every error of a hub ends that nobody else takes: the hub's handler if one was given, else the JVM's way, which is
 * the default handler or a stack trace on the standard error stream. A thread that set a handler of its own keeps it.
 *
 * <p>Safe for use from any thread. Called in green threads only, never on a carrier: a handler may block.
 */
final class Uncaught implements Thread.UncaughtExceptionHandler {
    private final Thread.@Nullable UncaughtExceptionHandler chosen;

    Uncaught(Thread.@Nullable UncaughtExceptionHandler chosen) {
        this.chosen = chosen;
    }

    /** Makes the thread's errors come here, unless it has a handler of its own. Neither blocks nor allocates. */
    void adopt(Thread thread) {
        if (thread.getUncaughtExceptionHandler() instanceof ThreadGroup) {
            thread.setUncaughtExceptionHandler(this);
        }
    }

    /** The thread dies of this. */
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        recordUnknown(thread, failure);
        if (!(failure instanceof GreenletExit)) { // that would be an end that somebody wanted
            tell(thread, failure);
        }
    }

    /** Tells of a failure that the thread survives: a callback's, or one inside the hub. */
    void tell(Thread thread, Throwable failure) {
        Thread.UncaughtExceptionHandler handler = chosen;
        if (handler == null) {
            thread.getThreadGroup().uncaughtException(thread, failure);
            return;
        }
        try {
            handler.uncaughtException(thread, failure);
        } catch (Throwable ofHandler) { // neither error may be lost
            failure.addSuppressed(ofHandler);
            thread.getThreadGroup().uncaughtException(thread, failure);
        }
    }

    /** A thread that the hub did not spawn dies of this: its handle, if anybody has one, learns it here. */
    private static void recordUnknown(Thread thread, Throwable failure) {
        GreenTask current = HubScheduler.current();
        if (current != null && current.thread() == thread) {
            GreenThread<?> handle = Registry.handleOf(current);
            handle.endUnknown(failure);
        }
    }
}
