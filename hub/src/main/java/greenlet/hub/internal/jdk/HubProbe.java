package greenlet.hub.internal.jdk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a hub from outside, for dumps and the watchdog, without holding it up: each green thread is looked at by itself.
 *
 * <p>Safe for use from any thread.
 */
public final class HubProbe {
    /**
     * Who has the hub's turn.
     *
     * @param task the green thread
     * @param carrier the thread that it is mounted on
     * @param turn the number of the turn
     */
    public record Holding(GreenTask task, Thread carrier, long turn) {}

    /** So often a thread that comes or goes is looked at again before it counts as running. */
    private static final int PATIENCE = 100;

    private static final Unsafe UNSAFE = VirtualThreads.UNSAFE;

    /** Where a lock keeps its owner; negative if this JDK keeps it elsewhere. */
    private static final long LOCK_OWNER = lockOwnerOffset();

    private static final long CARRIER = carrierOffset();

    private final HubScheduler scheduler;

    /**
     * Makes a probe.
     *
     * @param scheduler the hub's scheduler
     */
    public HubProbe(HubScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Who has the turn now.
     *
     * @return the holder, or null if no green thread has the turn, or it was just passing
     */
    public @Nullable Holding holding() {
        HubCarrier carrier = scheduler.baton().holder();
        if (carrier == null) {
            return null;
        }
        long turn = scheduler.loop().switches();
        GreenTask task = carrier.mounted();
        boolean moved = scheduler.loop().switches() != turn || scheduler.baton().holder() != carrier;
        return task == null || moved ? null : new Holding(task, carrier, turn);
    }

    /**
     * Whether that green thread still has that turn.
     *
     * @param holding what {@link #holding} said
     * @return true if so
     */
    public boolean stillHolds(Holding holding) {
        return holding.equals(holding());
    }

    /**
     * Whether nothing can wake the hub from inside: it is idle, no timed wait is under way, nobody waits for input in its epoll, and no call
     * is under way on another carrier.
     *
     * @return true if so, at the moment of the call
     */
    public boolean isIdleWithNothingPending() {
        return scheduler.loop().isIdle()
                && scheduler.loop().timers() == 0
                && !scheduler.loop().poller().hasPending()
                && !isAnyInCall();
    }

    /**
     * How many turns have been given.
     *
     * @return the number
     */
    public long turns() {
        return scheduler.loop().switches();
    }

    /**
     * All green threads of the hub that have been started and have not ended.
     *
     * @return a live view
     */
    public Iterable<GreenTask> tasks() {
        return scheduler.tasks();
    }

    /**
     * Whether a green thread waits, without a limit of time, for something that another one may hold: a lock, a monitor, or its end.
     * Cheaper than {@link #view}.
     *
     * @param task the green thread
     * @return true if so
     */
    public boolean waitsForAnother(GreenTask task) {
        int state = VirtualThreads.state(task.thread());
        return state == VirtualThreads.BLOCKED
                || (state == VirtualThreads.PARKED
                        && (task.joined() != null
                                || LockSupport.getBlocker(task.thread()) instanceof AbstractOwnableSynchronizer));
    }

    /**
     * Looks at a green thread.
     *
     * @param task the green thread
     * @return what was found
     */
    public TaskView view(GreenTask task) {
        for (int look = 0; look < PATIENCE; look++) {
            long turn = task.lastTurn();
            UnmountedWalk.Found found = UnmountedWalk.at(task);
            if (found != null) {
                return unmounted(task, turn, found);
            }
            if (!isPassing(VirtualThreads.state(task.thread()))) {
                break;
            }
            Thread.onSpinWait();
        }
        return mounted(task);
    }

    private boolean isAnyInCall() {
        for (GreenTask task : scheduler.tasks()) {
            if (carrierOf(task) != null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(int state) {
        return switch (state) {
            case VirtualThreads.RUNNING,
                    VirtualThreads.PINNED,
                    VirtualThreads.TIMED_PINNED,
                    VirtualThreads.STARTED,
                    VirtualThreads.TERMINATED -> false;
            default -> true;
        };
    }

    @SuppressWarnings("ReferenceEquality") // a monitor is that object, whatever it is equal to
    private static TaskView unmounted(GreenTask task, long turn, UnmountedWalk.Found found) {
        TaskView.State state = stateOf(found.state());
        List<StackTraceElement> stack = plain(found.stack());
        Object blocker = found.blocker();
        TaskView.Wait wait = waits(state) ? waitOf(task, found.blockerKind(), stack) : TaskView.Wait.NONE;
        if (wait == TaskView.Wait.END_OF_THREAD) {
            blocker = task.joined();
        } else if (wait == TaskView.Wait.NONE || wait == TaskView.Wait.SLEEP) {
            blocker = null;
        }
        List<Object> monitors = new ArrayList<>(found.monitors());
        Object given = blocker;
        monitors.removeIf(monitor -> monitor == given);
        return new TaskView(
                task,
                state,
                turn,
                task.sinceNanos(),
                stack,
                wait,
                blocker,
                ownerOf(blocker),
                List.copyOf(monitors),
                task.isCondemned());
    }

    private static TaskView mounted(GreenTask task) {
        TaskView.State state = stateOfMounted(task);
        List<StackTraceElement> stack = plain(List.of(task.thread().getStackTrace()));
        boolean pinned = state == TaskView.State.PINNED;
        Object blocker = pinned ? LockSupport.getBlocker(task.thread()) : null;
        return new TaskView(
                task,
                state,
                task.lastTurn(),
                mountedSince(task, state),
                stack,
                blocker == null ? TaskView.Wait.NONE : TaskView.Wait.SYNCHRONIZER,
                blocker,
                ownerOf(blocker),
                List.of(),
                task.isCondemned());
    }

    /** Since when it has been in its call; since when at most it has been pinned: its hub stands still, and has not looked at the clock since. */
    private static long mountedSince(GreenTask task, TaskView.State state) {
        HubCarrier carrier = state == TaskView.State.IN_CALL ? carrierOf(task) : null;
        return carrier == null ? task.scheduler().loop().roughlyNowNanos() : carrier.offeredNanos();
    }

    private static TaskView.State stateOf(int state) {
        return switch (state) {
            case VirtualThreads.PARKED, VirtualThreads.WAIT -> TaskView.State.WAITING;
            case VirtualThreads.TIMED_PARKED, VirtualThreads.TIMED_WAIT -> TaskView.State.TIMED_WAITING;
            case VirtualThreads.BLOCKED -> TaskView.State.BLOCKED;
            case VirtualThreads.PINNED, VirtualThreads.TIMED_PINNED -> TaskView.State.PINNED;
            case VirtualThreads.TERMINATED -> TaskView.State.ENDED;
            case VirtualThreads.STARTED, VirtualThreads.UNPARKED, VirtualThreads.UNBLOCKED, VirtualThreads.YIELDED ->
                TaskView.State.READY;
            default -> TaskView.State.RUNNING;
        };
    }

    private static TaskView.State stateOfMounted(GreenTask task) {
        TaskView.State state = stateOf(VirtualThreads.state(task.thread()));
        HubCarrier carrier = carrierOf(task);
        if (state != TaskView.State.RUNNING || carrier == null) {
            return state;
        }
        if (carrier.isInCall()) {
            return TaskView.State.IN_CALL;
        }
        return switch (carrier.getState()) {
            // A monitor below a native frame: the carrier itself waits.
            case BLOCKED, WAITING, TIMED_WAITING -> TaskView.State.PINNED;
            case NEW, RUNNABLE, TERMINATED -> TaskView.State.RUNNING;
        };
    }

    private static @Nullable HubCarrier carrierOf(GreenTask task) {
        return UNSAFE.getReferenceVolatile(task.thread(), CARRIER) instanceof HubCarrier carrier ? carrier : null;
    }

    private static boolean waits(TaskView.State state) {
        return state == TaskView.State.WAITING
                || state == TaskView.State.TIMED_WAITING
                || state == TaskView.State.BLOCKED;
    }

    private static TaskView.Wait waitOf(GreenTask task, int blockerKind, List<StackTraceElement> stack) {
        if (task.joined() != null && blockerKind == UnmountedWalk.PARKED_FOR) {
            return TaskView.Wait.END_OF_THREAD;
        }
        return switch (blockerKind) {
            case UnmountedWalk.BLOCKED_ON -> TaskView.Wait.MONITOR;
            case UnmountedWalk.WAITING_ON -> TaskView.Wait.NOTIFICATION;
            case UnmountedWalk.PARKED_FOR -> isForInput(stack) ? TaskView.Wait.INPUT : TaskView.Wait.SYNCHRONIZER;
            default -> {
                if (isForInput(stack)) {
                    yield TaskView.Wait.INPUT;
                }
                yield isSleep(stack) ? TaskView.Wait.SLEEP : TaskView.Wait.NONE;
            }
        };
    }

    private static boolean isSleep(List<StackTraceElement> stack) {
        return stack.stream()
                .limit(6)
                .anyMatch(frame -> (frame.getClassName().startsWith("java.lang.")
                                && frame.getMethodName().startsWith("sleep"))
                        || frame.getClassName().equals("greenlet.hub.Life"));
    }

    private static boolean isForInput(List<StackTraceElement> stack) {
        return stack.stream().limit(8).anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."));
    }

    private static @Nullable Thread ownerOf(@Nullable Object blocker) {
        if (blocker instanceof GreenTask joined) {
            return joined.thread();
        }
        return blocker instanceof AbstractOwnableSynchronizer && LOCK_OWNER >= 0
                ? (Thread) UNSAFE.getReferenceVolatile(blocker, LOCK_OWNER)
                : null;
    }

    /** Frames as people read them: without the loader and the JDK's version, whoever made them. */
    private static List<StackTraceElement> plain(List<StackTraceElement> stack) {
        List<StackTraceElement> plain = new ArrayList<>(stack.size());
        for (StackTraceElement frame : stack) {
            plain.add(new StackTraceElement(
                    null,
                    null,
                    null,
                    frame.getClassName(),
                    frame.getMethodName(),
                    frame.getFileName(),
                    frame.getLineNumber()));
        }
        return List.copyOf(plain);
    }

    private static long lockOwnerOffset() {
        try {
            return UNSAFE.objectFieldOffset(AbstractOwnableSynchronizer.class.getDeclaredField("exclusiveOwnerThread"));
        } catch (NoSuchFieldException e) {
            return -1; // dumps then lack the owners of locks
        }
    }

    private static long carrierOffset() {
        return UNSAFE.objectFieldOffset(Thread.ofVirtual().unstarted(() -> {}).getClass(), "carrierThread");
    }
}
