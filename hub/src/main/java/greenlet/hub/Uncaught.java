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

    /** Tells of a failure that the thread survives: a callback's, or one inside the hub. Never throws. */
    void tell(Thread thread, Throwable failure) {
        if (chosen == null) {
            tellJvm(thread, failure);
        } else {
            tell(chosen, thread, failure);
        }
    }

    /** Tells a handler that a user wrote, and the JVM if that throws. Never throws. */
    @SuppressWarnings("ReferenceEquality") // the identical object is meant
    static void tell(Thread.UncaughtExceptionHandler handler, Thread thread, Throwable failure) {
        try {
            handler.uncaughtException(thread, failure);
        } catch (Throwable ofHandler) { // neither error may be lost
            if (ofHandler != failure) {
                failure.addSuppressed(ofHandler);
            }
            tellJvm(thread, failure);
        }
    }

    /** The default handler, or a stack trace. What that handler throws ends as the JVM ends it: with a line on the standard error stream. */
    private static void tellJvm(Thread thread, Throwable failure) {
        ThreadGroup group = thread.getThreadGroup();
        if (group == null) { // it has ended
            group = Thread.currentThread().getThreadGroup();
        }
        try {
            group.uncaughtException(thread, failure);
        } catch (Throwable ofHandler) {
            System.err.println("Exception: " + ofHandler.getClass().getName()
                    + " thrown from the UncaughtExceptionHandler in thread \"" + thread.getName() + "\"");
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
