package greenlet.hub.internal.jdk;

import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.Ready;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.HubClock;
import greenlet.hub.time.SystemClock;

/**
 * One daemon platform thread for all hubs of the process, which does what none of their carriers can do: bring back a
 * carrier for the green threads that a closed hub had to abandon. It is itself a {@link RunLoop}, and parked while there is nothing to do.
 *
 * <p>Safe for use from any thread.
 */
final class Attendant implements RunLoop.Driver {
    private static final class Holder {
        static final Attendant INSTANCE = new Attendant(new SystemClock());
    }

    private final RunLoop loop;
    private boolean started;

    /** For tests: another one, with its own clock. */
    Attendant(HubClock clock) {
        loop = new RunLoop(new FifoQueue(), clock, new ParkingPoller());
        loop.bind(Attendant::onError, () -> {});
    }

    /** The one; asking for it after {@link #ensureStarted} neither allocates nor loads classes. */
    static Attendant instance() {
        return Holder.INSTANCE;
    }

    /** Starts its thread, unless that has been done. Without a thread for it the next call tries again. */
    synchronized void ensureStarted() {
        if (!started) {
            Thread thread = new Thread(null, this::attend, "greenlet-attendant", 0, false);
            thread.setDaemon(true);
            thread.start();
            started = true;
        }
    }

    /** Has the errand run by the attendant; it must be short and must not block. */
    void send(Ready errand) {
        loop.submitRemote(errand);
    }

    /** For errands under way: the loop whose timers they may set. */
    RunLoop loop() {
        return loop;
    }

    @Override
    public boolean hasTurn() {
        return true;
    }

    @Override
    public boolean awaitTurn() {
        return true;
    }

    private void attend() {
        loop.drive(this);
    }

    /** Starting a carrier failed, for want of memory or threads: whatever becomes ready next tries again. */
    private static void onError(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getThreadGroup().uncaughtException(thread, failure);
    }
}
