package greenlet.hub.internal.jdk;

import greenlet.hub.poll.EpollPoller;
import greenlet.hub.schedule.Ready;
import greenlet.hub.schedule.RunLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.CarrierThread;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that green threads of one hub are mounted on. A {@link CarrierThread} because the JDK tells only those
 * when a call is about to block the operating system's thread.
 *
 * <p>A hub may have several carriers, and one of them has the turn. States:
 * <ul>
 *   <li>SPARE -> RUNNING // was granted the turn, by whoever had it or took it
 *   <li>RUNNING -> SPARE // gave the turn back to a carrier whose call has returned
 *   <li>RUNNING -> OFFERED // its green thread begins a call that may block: the turn may be taken from now on
 *   <li>OFFERED -> RUNNING // the call returned, and nobody took the turn
 *   <li>OFFERED -> AWAY // the call lasts, another carrier has the turn ({@link Baton#takeFrom})
 *   <li>AWAY -> RUNNING // the call returned, and the turn came back in the order of the ready
 * </ul>
 *
 * <p>From OFFERED to RUNNING the green thread is pinned: were it to leave its carrier in the middle of the call, the carrier would go on
 * without the turn. And it counts as outside its hub, so that whatever it wakes meanwhile goes through the remote queue.
 *
 * <p>All fields but the state are written by the carrier itself.
 */
final class HubCarrier extends CarrierThread implements RunLoop.Driver {
    private static final int SPARE = 0;
    private static final int RUNNING = 1;
    private static final int OFFERED = 2;
    private static final int AWAY = 3;

    private static final VarHandle STATE;
    private static final VarHandle CALLS;
    private static final VarHandle OFFERED_NANOS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(HubCarrier.class, "state", int.class);
            CALLS = lookup.findVarHandle(HubCarrier.class, "calls", long.class);
            OFFERED_NANOS = lookup.findVarHandle(HubCarrier.class, "offeredNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HubScheduler scheduler;
    private final ComeBack comeBack = new ComeBack();
    private volatile int state;

    /** Set by the baton: this spare carrier is no longer needed. */
    private volatile boolean dismissed;

    /** Calls that might block so far; written with opaque stores before the state that makes them visible. */
    private long calls;

    /** When the last of them began, roughly; written like these. */
    @SuppressWarnings("UnusedVariable") // through OFFERED_NANOS
    private long offeredNanos;

    private @Nullable GreenTask mounted;
    private boolean leavesInputToJdk;

    /** Makes a carrier without the turn. */
    HubCarrier(HubScheduler scheduler, String name) {
        super(scheduler);
        this.scheduler = scheduler;
        setName(name);
        setDaemon(true);
        CarrierStack.set(this, scheduler.carrierStackBytes());
    }

    /** The carrier of the calling thread if it belongs to that hub and has the turn. */
    static @Nullable HubCarrier currentWithTurn(HubScheduler scheduler) {
        return VirtualThreads.currentCarrier() instanceof HubCarrier carrier
                        && carrier.scheduler == scheduler
                        && carrier.state == RUNNING
                ? carrier
                : null;
    }

    /** The green thread that is mounted on the calling thread's carrier, or null if the caller is not one. */
    static @Nullable GreenTask currentTask() {
        return VirtualThreads.currentCarrier() instanceof HubCarrier carrier ? carrier.mounted : null;
    }

    /** The epoll of the calling green thread's hub; null if the caller is none, or is inside a call that blocks, or its hub has no epoll. */
    static @Nullable EpollPoller currentEpoll() {
        return VirtualThreads.currentCarrier() instanceof HubCarrier carrier
                        && carrier.mounted != null
                        && carrier.state == RUNNING
                        && !carrier.leavesInputToJdk
                        && carrier.scheduler.loop().poller() instanceof EpollPoller epoll
                ? epoll
                : null;
    }

    /** The mounted green thread waits on its carrier, which therefore cannot look for input: if it waits for some, the JDK looks. */
    static void onPinnedPark() {
        EpollPoller epoll = currentEpoll();
        if (epoll != null && VirtualThreads.currentCarrier() instanceof HubCarrier carrier) {
            carrier.leavesInputToJdk = true;
            try {
                epoll.bequeathLast(Thread.currentThread());
            } finally {
                carrier.leavesInputToJdk = false;
            }
        }
    }

    @Override
    public void run() {
        try {
            if (awaitTurn()) {
                scheduler.drive(this);
            }
        } finally {
            scheduler.baton().leave(this);
        }
    }

    /** One, always: at zero the JDK would submit past {@link HubScheduler#execute}, to the pool's own queues. */
    @Override
    public int getQueuedTaskCount() {
        return 1;
    }

    /** Called by the JDK in the green thread that is about to block this carrier. True makes the JDK call {@link #endBlocking}. */
    @Override
    public boolean beginBlocking() {
        if (mounted == null || state != RUNNING) {
            return false;
        }
        Continuation.pin();
        CALLS.setOpaque(this, calls + 1);
        OFFERED_NANOS.setOpaque(this, scheduler.loop().roughlyNowNanos());
        state = OFFERED;
        scheduler.handOff().onOffered(this);
        return true;
    }

    /** Called by the JDK when the call has returned, in the green thread; and after every switch, on the carrier, with nothing to do. */
    @Override
    public void endBlocking() {
        if (state == RUNNING) {
            return;
        }
        GreenTask back = null;
        if (!STATE.compareAndSet(this, OFFERED, RUNNING)) {
            scheduler.loop().submitRemote(comeBack);
            awaitReturn();
            back = mounted;
        }
        Continuation.unpin();
        if (back != null) {
            back.afterHandOff();
        }
    }

    @Override
    public boolean hasTurn() {
        return state == RUNNING;
    }

    @Override
    public boolean awaitTurn() {
        while (state != RUNNING) {
            if (dismissed) {
                return false;
            }
            LockSupport.park(this);
            // An interrupt status left on the carrier would turn every later park into a spin.
            Thread.interrupted();
        }
        return true;
    }

    /** Whether the turn may be taken. */
    boolean isOffered() {
        return state == OFFERED;
    }

    /** Calls that might block so far; meaningful to others while {@link #isOffered}. */
    long calls() {
        return (long) CALLS.getOpaque(this);
    }

    /** When the call began that {@link #isInCall} is about; see {@link RunLoop#roughlyNowNanos}. */
    long offeredNanos() {
        return (long) OFFERED_NANOS.getOpaque(this);
    }

    /** Takes the offered turn; false if the call has returned. */
    boolean tryTake() {
        return STATE.compareAndSet(this, OFFERED, AWAY);
    }

    /** Gives the turn to this carrier, which waits for it. What the giver did happens before what this carrier does. */
    void grant() {
        state = RUNNING;
        VirtualThreads.UNSAFE.unpark(this);
    }

    /** Lets this carrier, which waits for the turn and will not get it, end. */
    void dismiss() {
        dismissed = true;
        VirtualThreads.UNSAFE.unpark(this);
    }

    /** Whether the mounted green thread is in a call that may block, or has come back from one and waits for the turn. */
    boolean isInCall() {
        int now = state;
        return now == OFFERED || now == AWAY;
    }

    void enter(GreenTask task) {
        mounted = task;
    }

    void leave() {
        mounted = null;
    }

    @Nullable
    GreenTask mounted() {
        return mounted;
    }

    /**
     * Waits for the turn with the green thread mounted: the carrier's own park, since the green thread's would be a switch. An interrupt
     * of the green thread marks the carrier, too, which would make that park return at once again and again.
     */
    private void awaitReturn() {
        boolean cleared = false;
        while (state != RUNNING) {
            cleared |= VirtualThreads.clearInterrupt(this);
            VirtualThreads.UNSAFE.park(false, 0L);
        }
        if (cleared && Thread.currentThread().isInterrupted()) {
            VirtualThreads.setInterrupt(this);
        }
    }

    /** What waits in the hub's queue on behalf of this carrier while its call has returned and another has the turn. */
    private final class ComeBack extends Ready {
        @Override
        protected void takeTurn() {
            HubCarrier giver = (HubCarrier) Thread.currentThread();
            giver.state = SPARE;
            scheduler.baton().pass(giver, HubCarrier.this);
        }
    }
}
