package greenlet.hub.schedule;

import greenlet.hub.poll.HubPoller;
import greenlet.hub.time.HubClock;
import greenlet.hub.time.Timer;
import greenlet.hub.time.TimerHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * The loop of a hub: take who is next, run it until it switches, look after timers, input and other threads' wishes, wait.
 *
 * <p>Exactly one carrier drives the loop at any moment: the one that has the turn. All fields but {@link #remote},
 * {@link #rest}, {@link #stopping}, {@link #undrivenDeadlineNanos} and {@link #switches} are touched by that carrier alone; the turn passes between carriers
 * through a volatile write and read, which makes them visible.
 *
 * <p>Fairness: the remote queue is looked at before every turn of a green thread; timers and input after each round, and a
 * round is what was ready at its beginning, {@value #LONGEST_ROUND} at most.
 */
public final class RunLoop {
    /** A carrier as the loop sees it. */
    public interface Driver {
        /**
         * Whether this carrier (still) has the turn.
         *
         * @return true if it may go on
         */
        boolean hasTurn();

        /**
         * Waits until the turn comes back.
         *
         * @return false if it never will, and the carrier is to end
         */
        boolean awaitTurn();
    }

    /** Bounds how late a timer or input can be served behind ready green threads. */
    static final int LONGEST_ROUND = 64;

    /** Input is looked for at most this often while green threads are ready, unless a long round has passed. */
    static final long POLL_INTERVAL_NANOS = 20_000;

    /** A carrier drives the loop and will look at the remote queue. */
    private static final int AWAKE = 0;

    /** The driving carrier waits in the poller. */
    private static final int IDLE = 1;

    /** The hub has ended and no carrier drives the loop; the undriven hook brings one. */
    private static final int UNDRIVEN = 2;

    private static final VarHandle REST = field("rest", int.class);
    private static final VarHandle SWITCHES = field("switches", long.class);
    private static final VarHandle ROUGHLY_NOW = field("roughlyNowNanos", long.class);

    /** The clock is looked at anew after so many turns, a power of two: reading it at each would cost a tenth of a turn. */
    private static final int TURNS_A_LOOK = 64;

    // Any thread.
    private final RemoteQueue remote = new RemoteQueue();
    private volatile int rest = AWAKE;
    private volatile boolean stopping;

    /** When an undriven loop is to be driven again; written by a carrier before it gives up the turn, so that the last one's stands. */
    private volatile long undrivenDeadlineNanos = HubPoller.FOREVER;

    // Written by the carrier that has the turn, with opaque stores: readers elsewhere need a recent value, not an
    // order.
    private long switches;

    @SuppressWarnings("UnusedVariable") // through ROUGHLY_NOW
    private long roughlyNowNanos;

    // The carrier that has the turn.
    private final ReadyQueue ready;
    private final TimerHeap timers = new TimerHeap();
    private final HubClock clock;
    private final HubPoller poller;
    private Consumer<Throwable> onError = failure -> {};
    private Runnable onUndriven = () -> {};
    private long lastPollNanos;
    private int switchesSincePoll;
    private long unreportedErrors;

    /**
     * Makes a loop that nobody drives yet.
     *
     * @param ready the order of the ready
     * @param clock the clock of the timers
     * @param poller how to wait
     */
    public RunLoop(ReadyQueue ready, HubClock clock, HubPoller poller) {
        this.ready = ready;
        this.clock = clock;
        this.poller = poller;
        this.roughlyNowNanos = clock.nanos();
    }

    /**
     * Says who looks after what the loop cannot; before it is driven.
     *
     * @param newOnError told, on the carrier, of what a turn or a timer threw
     * @param newOnUndriven called by whoever makes something ready after the hub has ended: has {@link #linger} called
     */
    public void bind(Consumer<Throwable> newOnError, Runnable newOnUndriven) {
        onError = newOnError;
        onUndriven = newOnUndriven;
    }

    /**
     * Queues an entry from the carrier that has the turn. Does nothing if it is queued already.
     *
     * @param entry what became ready
     */
    public void submitLocal(Ready entry) {
        if (entry.tryQueue()) {
            ready.add(entry);
        }
    }

    /**
     * Queues an entry from any other thread and wakes the hub. Does nothing if it has been queued so already.
     *
     * @param entry what became ready
     */
    public void submitRemote(Ready entry) {
        if (entry.tryQueueRemotely()) {
            remote.push(entry);
            wakeIfResting();
        }
    }

    /**
     * Sets a timer; on the carrier that has the turn.
     *
     * @param timer not set
     * @param delayNanos from now, in nanoseconds
     */
    public void setTimer(Timer timer, long delayNanos) {
        timers.add(timer, clock.nanos() + Math.min(delayNanos, Long.MAX_VALUE / 4));
    }

    /**
     * Takes a timer out; on the carrier that has the turn.
     *
     * @param timer the timer
     * @return true if it was set
     */
    public boolean cancelTimer(Timer timer) {
        return timers.remove(timer);
    }

    /**
     * Sets room aside for so many more timers, which {@link #setTimer} then sets without allocation; on the carrier that has the turn.
     *
     * @param count the number of timers
     */
    public void reserveTimers(int count) {
        timers.reserve(count);
    }

    /**
     * Gives up room that was set aside; on the carrier that has the turn. Never fails.
     *
     * @param count the number of timers
     */
    public void releaseTimers(int count) {
        timers.release(count);
    }

    /**
     * How many timers fit without allocation.
     *
     * @return the number, slightly old when read from outside the hub
     */
    public int timerRoom() {
        return timers.room();
    }

    /**
     * How many turns have been given so far.
     *
     * @return the number, slightly old when read from outside the hub
     */
    public long switches() {
        return (long) SWITCHES.getOpaque(this);
    }

    /**
     * The time without a look at the clock, for marks that cost nothing: as it was when the carrier woke or at one of the last {@value
     * #TURNS_A_LOOK} turns, whichever came later.
     *
     * @return the hub clock's nanoseconds
     */
    public long roughlyNowNanos() {
        return (long) ROUGHLY_NOW.getOpaque(this);
    }

    /**
     * Whether the carrier waits because nothing is ready.
     *
     * @return true if so, at the moment of the call
     */
    public boolean isIdle() {
        return rest == IDLE;
    }

    /**
     * The clock that the loop goes by.
     *
     * @return the clock
     */
    public HubClock clock() {
        return clock;
    }

    /**
     * How many failures could not be told of.
     *
     * @return the number, slightly old when read from outside the hub
     */
    public long unreportedErrors() {
        return unreportedErrors;
    }

    /**
     * How many timed waits are under way.
     *
     * @return the number, slightly old when read from outside the hub
     */
    public int timers() {
        return timers.size();
    }

    /** Ends the loop after the current round; what is ready then is for {@link #linger}. */
    public void stop() {
        stopping = true;
        wakeIfResting();
    }

    /**
     * How the loop waits.
     *
     * @return the poller; but for what it says of itself, only for the carrier that has the turn
     */
    public HubPoller poller() {
        return poller;
    }

    /**
     * Drives the loop until {@link #stop} or until the driver is told to end. Then what waits for input is left to the JDK.
     *
     * @param driver the calling carrier, which has the turn
     * @return true if the loop has been stopped and the driver still has the turn
     */
    public boolean drive(Driver driver) {
        while (!stopping) {
            try {
                if (!playRound(driver)) {
                    return false;
                }
                serveTimersAndInput();
                if (ready.size() == 0) {
                    waitForWork();
                }
            } catch (Throwable t) {
                report(t);
            }
        }
        closePoller();
        return true;
    }

    /**
     * Drives the loop of a hub that has ended as long as anything is ready, for what its close had to abandon.
     *
     * @param driver the calling carrier, which has the turn
     * @return when the loop is to be driven again, in the hub clock's nanoseconds; {@link HubPoller#FOREVER} if only when
     *     something becomes ready
     */
    public long linger(Driver driver) {
        while (true) {
            try {
                if (!playRound(driver)) {
                    return HubPoller.FOREVER;
                }
                timers.fireDue(clock.nanos());
            } catch (Throwable t) {
                report(t);
            }
            if (ready.size() == 0) {
                long next = timers.isEmpty() ? HubPoller.FOREVER : timers.nextDeadlineNanos();
                undrivenDeadlineNanos = next;
                rest = UNDRIVEN;
                // From here on another carrier may drive: touch nothing unless the turn is won back.
                if (remote.isEmpty() || !REST.compareAndSet(this, UNDRIVEN, AWAKE)) {
                    return next;
                }
            }
        }
    }

    /** Has the loop of an ended hub driven again, if nobody drives it. Safe for use from any thread. */
    public void wakeUndriven() {
        if (rest == UNDRIVEN) {
            wakeIfResting();
        }
    }

    /**
     * When an undriven loop is to be driven again. Safe for use from any thread.
     *
     * @return in the hub clock's nanoseconds; {@link HubPoller#FOREVER} if only when something becomes ready
     */
    public long undrivenDeadlineNanos() {
        return undrivenDeadlineNanos;
    }

    private void closePoller() {
        try {
            poller.close();
        } catch (Throwable t) {
            report(t);
        }
    }

    /** Gives a turn to whatever was ready at the beginning; false if the driver is to end. */
    private boolean playRound(Driver driver) {
        takeRemote();
        int round = Math.min(ready.size(), LONGEST_ROUND);
        for (int played = 0; played < round; played++) {
            Ready next = ready.take();
            if (next == null) {
                break;
            }
            next.dequeued();
            SWITCHES.setOpaque(this, switches + 1);
            if ((switches & (TURNS_A_LOOK - 1)) == 0) {
                ROUGHLY_NOW.setOpaque(this, clock.nanos());
            }
            switchesSincePoll++;
            try {
                next.takeTurn();
            } catch (Throwable t) {
                report(t);
            }
            if (!driver.hasTurn() && !driver.awaitTurn()) {
                return false;
            }
            takeRemote();
        }
        return true;
    }

    /** Telling of a failure may fail in its turn, for want of memory; the loop goes on. */
    private void report(Throwable failure) {
        try {
            onError.accept(failure);
        } catch (Throwable unreported) {
            unreportedErrors++;
        }
    }

    private void takeRemote() {
        if (remote.isEmpty()) {
            return;
        }
        Ready entry = remote.takeAll();
        while (entry != null) {
            Ready following = entry.remoteNext;
            entry.remoteNext = null;
            entry.dequeuedRemotely();
            submitLocal(entry);
            entry = following;
        }
    }

    private void serveTimersAndInput() {
        boolean timed = !timers.isEmpty();
        boolean polled = poller.hasPending();
        if (!timed && !polled) {
            return;
        }
        long now = clock.nanos();
        ROUGHLY_NOW.setOpaque(this, now);
        if (timed) {
            timers.fireDue(now);
        }
        boolean due =
                ready.size() == 0 || now - lastPollNanos >= POLL_INTERVAL_NANOS || switchesSincePoll >= LONGEST_ROUND;
        // With nothing ready the wait that follows polls anyway.
        if (polled && due && ready.size() > 0) {
            lastPollNanos = now;
            switchesSincePoll = 0;
            poller.pollNow();
        }
    }

    private void waitForWork() {
        poller.prepareToWait();
        rest = IDLE;
        if (remote.isEmpty() && !stopping) {
            long nanos = timers.isEmpty() ? HubPoller.FOREVER : timers.nextDeadlineNanos() - clock.nanos();
            if (nanos > 0) {
                switchesSincePoll = 0;
                poller.await(nanos);
                ROUGHLY_NOW.setOpaque(this, clock.nanos());
            }
        }
        rest = AWAKE;
    }

    /** The other half of Dekker's handshake with {@link #waitForWork}: push, then look at rest; rest, then look at the queue. */
    private void wakeIfResting() {
        int seen = rest;
        if (seen != AWAKE && REST.compareAndSet(this, seen, AWAKE)) {
            if (seen == IDLE) {
                poller.wakeUp();
            } else {
                onUndriven.run();
            }
        }
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(RunLoop.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
