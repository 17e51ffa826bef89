package greenlet.hub.internal.jdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A green thread as it was found at one moment. Immutable, but for what it refers to.
 *
 * @param task the green thread
 * @param state what it was doing
 * @param turn the number of the turn that it gave up last
 * @param sinceNanos since when it has been doing that, roughly, in the hub clock's nanoseconds; meaningful if it waits, is in a call, or is
 *     pinned
 * @param stack innermost frame first; empty if it has not begun
 * @param waitsFor what kind of thing it waits for
 * @param blocker the thing itself, or null if unknown
 * @param owner the thread that holds that thing, or null if nobody does or it is unknown
 * @param monitors the monitors that it holds; empty if unknown
 * @param condemned whether it has been killed
 */
public record TaskView(
        GreenTask task,
        State state,
        long turn,
        long sinceNanos,
        List<StackTraceElement> stack,
        Wait waitsFor,
        @Nullable Object blocker,
        @Nullable Thread owner,
        List<Object> monitors,
        boolean condemned) {
    /** What a green thread does. */
    public enum State {
        /** It has the hub's turn. */
        RUNNING,
        /** It waits for a turn. */
        READY,
        /** It waits for something else, without a limit of time. */
        WAITING,
        /** It waits for something else or for time to pass. */
        TIMED_WAITING,
        /** It waits to enter {@code synchronized}. */
        BLOCKED,
        /** It waits and keeps its carrier, because a native frame or a class initialiser is on its stack. */
        PINNED,
        /** It is in a call that blocks the thread, with a carrier of its own, or is back and waits for its turn. */
        IN_CALL,
        /** It has ended. */
        ENDED
    }

    /** What kind of thing a green thread waits for. */
    public enum Wait {
        /** For nothing that is known. */
        NONE,
        /** A lock or another synchronizer of {@code java.util.concurrent}, or whatever else it is parked for. */
        SYNCHRONIZER,
        /** To enter a monitor. */
        MONITOR,
        /** To be notified. */
        NOTIFICATION,
        /** The end of another green thread. */
        END_OF_THREAD,
        /** A socket, channel or selector. */
        INPUT,
        /** Time to pass. */
        SLEEP
    }
}
