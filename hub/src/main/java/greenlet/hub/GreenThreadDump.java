package greenlet.hub;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One green thread in a {@link HubDump}. Immutable.
 *
 * @param name its name
 * @param id the id of its thread
 * @param state what it was doing
 * @param spawned whether it came through the hub; else code on the hub made it by other means
 * @param killed whether it has been killed and has not ended yet
 * @param waits what it waits for, or null if it does not wait or that is unknown, as in a call
 * @param waiting for how long it has been waiting or in its call, at most by the time of 64 turns too long, if pinned also by that of its own turn
 *     before; null if it runs or is ready
 * @param stack where it was, innermost frame first; empty if it has not begun
 * @param holds the monitors that it holds, as {@code class@hash}; empty if unknown, as for a thread that runs
 * @param origin who spawned it and where, or null unless {@link HubBuilder#recordSpawns()} was chosen
 */
public record GreenThreadDump(
        String name,
        long id,
        State state,
        boolean spawned,
        boolean killed,
        @Nullable Wait waits,
        @Nullable Duration waiting,
        List<StackTraceElement> stack,
        List<String> holds,
        @Nullable Origin origin) {
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
        /** It waits and keeps its carrier, because a native frame or a class initialiser is on its stack: the hub stands still. */
        PINNED,
        /** It is in a call that blocks the thread, with a carrier of its own, or is back and waits for its turn. */
        IN_CALL
    }

    /** What kind of thing a green thread waits for. */
    public enum Kind {
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

    /**
     * What a green thread waits for. Immutable.
     *
     * @param kind what kind of thing
     * @param object the thing, as {@code class@hash}; null for input and sleep, or if unknown
     * @param owner the name of the thread that holds it or is to end, or null if nobody does or it is unknown
     * @param ownerId the id of that thread; 0 if there is none
     */
    public record Wait(
            Kind kind, @Nullable String object, @Nullable String owner, long ownerId) {}

    /**
     * Who spawned a green thread and where. Immutable.
     *
     * @param by the name of the thread that did
     * @param at where, innermost frame first, without the hub's own frames; at most 16
     */
    public record Origin(String by, List<StackTraceElement> at) {
        /** Copies the list. */
        public Origin {
            at = List.copyOf(at);
        }
    }

    /** Copies the lists. */
    public GreenThreadDump {
        stack = List.copyOf(stack);
        holds = List.copyOf(holds);
    }
}
