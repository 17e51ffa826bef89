package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.Ready;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a call which blocks the operating system's thread does not block its hub: if it lasts, the turn goes to another
 * carrier, as the role of a processor does in Go's scheduler (sysmon, {@code retake}).
 *
 * <p>It is lazy, because almost all such calls are short ({@code println} is one): a call only marks its carrier, and the {@link
 * Attendant} looks at the marks. A call that it sees twice is overdue. While it sees short calls only, it looks ever more seldom; while it
 * sees none, it does not look, and the next call wakes it.
 *
 * <p>Two flags decide who looks, in Dekker's way: a call writes its mark, then reads {@link #watching}; the attendant writes {@code watching},
 * then reads the mark. At least one of them sees the other.
 *
 * <p>The room for the timer of its looks is set aside when the hub opens, so that a full heap stops nobody from looking.
 */
final class HandOff {
    private static final VarHandle WATCHING;

    static {
        try {
            WATCHING = MethodHandles.lookup().findVarHandle(HandOff.class, "watching", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** So many times longer than at first is the longest pause between two looks. */
    private static final int LONGEST_PAUSE = 8;

    /** So many looks without any call, and the attendant stops looking. */
    private static final int LOOKS_IN_VAIN = 2;

    private final Baton baton;
    private final long afterNanos;
    private final Attendant attendant;
    private final Ready begin = new Begin();
    private final Ready reserve = new Reserve();
    private final Ready release = new Release();

    /** Whether the attendant looks, or is about to. */
    private volatile boolean watching;

    // Confined to the attendant.
    private final Timer look = new Look();
    private boolean reserved;
    private boolean closed;
    private @Nullable HubCarrier seen;
    private long seenCall;
    private long lastCall;
    private int pause = 1;
    private int inVain;

    /**
     * Makes the hand-off of one hub.
     *
     * @param baton the hub's turn
     * @param afterNanos how long a call may last before it is looked at again; zero hands over at once, on the calling thread
     * @param attendant who looks
     */
    HandOff(Baton baton, long afterNanos, Attendant attendant) {
        this.baton = baton;
        this.afterNanos = Math.min(afterNanos, Long.MAX_VALUE / LONGEST_PAUSE);
        this.attendant = attendant;
    }

    /** Called in a green thread, pinned, when its carrier has offered the turn. Must be quick, and never throws. */
    void onOffered(HubCarrier carrier) {
        if (afterNanos == 0) {
            tryTake(carrier);
        } else if (!watching && WATCHING.compareAndSet(this, false, true)) {
            attendant.send(begin);
        }
    }

    /** Has room set aside for its timer. Safe for use from any thread. */
    void open() {
        attendant.send(reserve);
    }

    /** Gives that room up; what is left of the hub makes do with what there is. Safe for use from any thread. */
    void close() {
        attendant.send(release);
    }

    /** True unless there is no memory or no thread left for another carrier: the call then stalls its hub until it returns. */
    private boolean tryTake(HubCarrier carrier) {
        try {
            return baton.takeFrom(carrier);
        } catch (Throwable t) { // of starting a thread, in the middle of somebody's call
            return false;
        }
    }

    /** Looks once; in the attendant. */
    private void look() {
        HubCarrier holder = baton.holder();
        HubCarrier offering = holder != null && holder.isOffered() ? holder : null;
        long call = holder == null ? lastCall : holder.calls();
        boolean overdue = offering != null && offering == seen && call == seenCall;
        boolean quiet = offering == null && call == lastCall;
        lastCall = call;
        seen = overdue ? null : offering;
        seenCall = call;
        inVain = quiet ? inVain + 1 : 0;
        if (offering == null) {
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        } else if (overdue) {
            pause = 1;
            tryTake(offering);
        }
        lookLater(offering != null ? afterNanos : pause * afterNanos);
    }

    private void lookLater(long nanos) {
        if (inVain >= LOOKS_IN_VAIN && stopWatching()) {
            return;
        }
        setTimer(nanos);
    }

    /** Without memory for it the calls under way are not handed over, but the next one is looked at. */
    private void setTimer(long nanos) {
        RunLoop loop = attendant.loop();
        loop.cancelTimer(look);
        try {
            reserveTimer();
            loop.setTimer(look, nanos);
        } catch (Throwable t) {
            watching = false;
            throw t;
        }
    }

    private void reserveTimer() {
        if (!reserved && !closed) {
            attendant.loop().reserveTimers(1);
            reserved = true;
        }
    }

    /** True unless a call began meanwhile that relies on being looked at. */
    private boolean stopWatching() {
        inVain = 0;
        pause = 1;
        watching = false;
        HubCarrier holder = baton.holder();
        boolean missed = holder != null && holder.isOffered() && WATCHING.compareAndSet(this, false, true);
        return !missed;
    }

    /** The attendant's errand when the first call after a while begins. */
    private final class Begin extends Ready {
        @Override
        protected void takeTurn() {
            setTimer(afterNanos);
        }
    }

    private final class Reserve extends Ready {
        @Override
        protected void takeTurn() {
            reserveTimer(); // without memory for it, the first call tries again
        }
    }

    private final class Release extends Ready {
        @Override
        protected void takeTurn() {
            closed = true;
            if (reserved) {
                reserved = false;
                attendant.loop().releaseTimers(1);
            }
        }
    }

    private final class Look extends Timer {
        @Override
        protected void fire() {
            look();
        }
    }
}
