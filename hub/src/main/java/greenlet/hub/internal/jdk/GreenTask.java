package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.Ready;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * One green thread as its hub sees it. It stands in for the task that the virtual thread hands to its scheduler
 * ({@code VirtualThread.runContinuation}), so that from a thread's start to its end scheduling it, its timed waits included,
 * allocates nothing.
 *
 * <p>Confined to its hub's carrier thread, but for {@link #thread}, {@link #origin}, the {@linkplain #attachment() attachment} and
 * {@link #condemn}.
 */
public final class GreenTask extends Ready implements Runnable {
    /** How a thread came to its hub. */
    public enum Origin {
        /** Through the hub: {@code spawn}, its thread factory, its executor. */
        SPAWNED,
        /** Made by code that ran on the hub; virtual threads inherit the scheduler of the thread that makes them. */
        INHERITED,
        /** The hub's own; neither counted nor listed, and gone when the hub is. */
        INTERNAL
    }

    /** Told when a green thread has been switched out; it must not block. */
    @FunctionalInterface
    public interface SwitchWatch {
        /**
         * The thread has just given up its turn and has not ended; on the carrier. Or it has just got its turn back after a call
         * during which another carrier had it; in the thread itself, in the innermost frame of that call.
         *
         * @param task the green thread
         */
        void onSwitchedOut(GreenTask task);
    }

    private static final VarHandle ATTACHMENT;
    private static final VarHandle REMINDER;
    private static final VarHandle LAST_TURN;
    private static final VarHandle SINCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ATTACHMENT = lookup.findVarHandle(GreenTask.class, "attachment", Object.class);
            REMINDER = lookup.findVarHandle(GreenTask.class, "reminder", Reminder.class);
            LAST_TURN = lookup.findVarHandle(GreenTask.class, "lastTurn", long.class);
            SINCE = lookup.findVarHandle(GreenTask.class, "sinceNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final HubScheduler scheduler;
    private final Origin origin;
    private final Thread thread;
    private final Runnable runContinuation;
    private final WaitTimer timer;

    /** Set once, through ATTACHMENT, by whoever first asks for the handle. */
    private volatile @Nullable Object attachment;

    /** Null until the thread is killed, by any thread; never null again. Written through REMINDER: the first killer's stays. */
    private volatile @Nullable Reminder reminder;

    /** What it dies of when it goes on, if anything; written and taken with the hub's turn. */
    private @Nullable Doom doom;

    /** Whether something has been thrown into it; written with the hub's turn, read by whoever closes the hub. */
    private volatile boolean struck;

    /** Written by the green thread itself. */
    private @Nullable SwitchWatch watch;

    private boolean started;

    /** The JDK resubmits a thread after a stack walk, possibly one that had its last turn in between. */
    private boolean ended;

    /** Number and rough time of the turn that it gave up last; written with opaque stores: who looks at it needs no order. */
    @SuppressWarnings("UnusedVariable") // through LAST_TURN
    private long lastTurn;

    @SuppressWarnings("UnusedVariable") // through SINCE
    private long sinceNanos;

    /** The green thread whose end this one awaits; written by this one. */
    private volatile @Nullable GreenTask joined;

    /** What the hub noted when the thread was started; written once, before that. */
    private volatile @Nullable Object origins;

    /** Written by the thread that starts this one, before anybody else can schedule it. */
    boolean registered;

    GreenTask(HubScheduler scheduler, Thread thread, Runnable runContinuation, Origin origin) {
        this.scheduler = scheduler;
        this.thread = thread;
        this.runContinuation = runContinuation;
        this.origin = origin;
        this.timer = new WaitTimer(scheduler.loop());
        VirtualThreads.replaceContinuation(thread, this);
    }

    /**
     * The virtual thread.
     *
     * @return the thread
     */
    public Thread thread() {
        return thread;
    }

    /**
     * How the thread came to its hub.
     *
     * @return the origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * What the hub keeps with this thread.
     *
     * @return the attachment, or null
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Keeps something with this thread, unless something is kept already.
     *
     * @param value the attachment
     * @return what is kept
     */
    public Object attach(Object value) {
        Object kept = ATTACHMENT.compareAndExchange(this, null, value);
        return kept == null ? value : kept;
    }

    /**
     * Says whose end the calling green thread, which this is, waits for from now on.
     *
     * @param target the other one, or null for nobody's
     */
    public void joins(@Nullable GreenTask target) {
        joined = target;
    }

    @Nullable
    GreenTask joined() {
        return joined;
    }

    /**
     * Keeps what is known of the thread's start; before it is started, and once.
     *
     * @param newOrigins the note
     */
    public void origins(Object newOrigins) {
        origins = newOrigins;
    }

    /**
     * What is known of the thread's start.
     *
     * @return the note, or null if none was kept
     */
    public @Nullable Object origins() {
        return origins;
    }

    /**
     * The number of the last turn that this thread gave up; calls during which another carrier had the turn do not count.
     *
     * @return the number, recent if asked from elsewhere than its hub
     */
    public long lastTurn() {
        return (long) LAST_TURN.getOpaque(this);
    }

    /** When it gave up that turn, roughly; see {@link greenlet.hub.schedule.RunLoop#roughlyNowNanos}. */
    long sinceNanos() {
        return (long) SINCE.getOpaque(this);
    }

    /** Whether a kill is under way. */
    boolean isCondemned() {
        return reminder != null;
    }

    /**
     * Whether the thread has run to its end.
     *
     * @return true if so
     */
    public boolean isTerminated() {
        return VirtualThreads.state(thread) == VirtualThreads.TERMINATED;
    }

    /**
     * Has the calling green thread, which this is, watched from now on.
     *
     * @param newWatch told of each switch, or null for nobody
     * @return who was told so far
     */
    public @Nullable SwitchWatch watch(@Nullable SwitchWatch newWatch) {
        SwitchWatch previous = watch;
        watch = newWatch;
        return previous;
    }

    /** Interrupts the thread now, and again whenever it waits from now on, until it ends. Safe for use from any thread. */
    public void condemn() {
        if (reminder == null) {
            // Of two killers' reminders only the one that is kept is taken back at the end.
            REMINDER.compareAndSet(this, null, new Reminder(this));
        }
        thread.interrupt();
    }

    /**
     * Whether an {@link Injection} has thrown something into it.
     *
     * @return true if so
     */
    public boolean isStruck() {
        return struck;
    }

    /** Has the thread die where it waits, when it goes on. With the hub's turn only. */
    void doom(Doom newDoom) {
        doom = newDoom;
    }

    /** The thread goes on, in the innermost frame of its wait. */
    void dieIfDoomed() {
        if (doom != null) {
            strike(doom);
        }
    }

    private void strike(Doom due) {
        doom = null;
        if (due.canStrike()) {
            struck = true;
            throw due.error();
        }
    }

    /** Its turn has come back after a call during which another carrier had it. Called in the thread itself by what the JDK calls: never throws. */
    void afterHandOff() {
        SwitchWatch told = watch;
        if (told != null) {
            try {
                told.onSwitchedOut(this);
            } catch (Throwable t) {
                // Of making a note, for want of memory, in the middle of somebody's call; that it happened has been
                // noted.
            }
        }
    }

    HubScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected void takeTurn() {
        if (ended) {
            return;
        }
        HubCarrier carrier = (HubCarrier) Thread.currentThread();
        if (!started) {
            beginLife();
        }
        carrier.enter(this);
        try {
            runContinuation.run();
        } catch (Throwable t) { // the JDK's half of a switch failed, for want of memory for its timer
            VirtualThreads.wakeAfterFailedSwitch(thread);
            scheduler.loop().submitLocal(this);
            throw t;
        } finally {
            carrier.leave();
            afterTurn();
        }
    }

    /** Never called: the scheduler takes this task apart instead of running it. */
    @Override
    public void run() {
        throw new IllegalStateException("A green thread runs only on its hub: " + thread);
    }

    /** Sets the timer of this thread's timed wait. A thread waits for one thing at a time, so that one timer is enough. */
    ScheduledFuture<?> scheduleWakeUp(Runnable command, long delayNanos) {
        if (timer.isSet()) { // of a wait that is over, which the JDK would have cancelled
            timer.cancel(false);
        }
        timer.set(command, delayNanos);
        return timer;
    }

    /** Sets aside what the thread's switches will need; without memory for it the thread waits for better times. */
    private void beginLife() {
        try {
            scheduler.onFirstTurn();
        } catch (Throwable t) {
            scheduler.loop().submitLocal(this);
            throw t;
        }
        started = true;
    }

    private void afterTurn() {
        int state = VirtualThreads.state(thread);
        Reminder remind = reminder;
        if (state == VirtualThreads.TERMINATED) {
            ended = true;
            if (remind != null) {
                scheduler.loop().cancelTimer(remind);
            }
            scheduler.onEnded(this);
            return;
        }
        LAST_TURN.setOpaque(this, scheduler.loop().switches());
        SINCE.setOpaque(this, scheduler.loop().roughlyNowNanos());
        if (watch != null) {
            watch.onSwitchedOut(this);
        }
        if (remind != null && VirtualThreads.isWaiting(state)) {
            remind.set();
        }
    }
}
