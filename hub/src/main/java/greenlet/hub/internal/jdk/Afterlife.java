package greenlet.hub.internal.jdk;

import greenlet.hub.poll.HubPoller;
import greenlet.hub.schedule.Ready;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.Timer;

/**
 * Brings a carrier for green threads that a closed hub had to abandon, whenever one of them becomes runnable. They never move to
 * another scheduler, where they would run in parallel over data that was promised to be theirs.
 *
 * <p>Everything here is made when the hub is made, so that waking an abandoned thread allocates nothing before the attendant does.
 */
final class Afterlife {
    private static final long RETRY_NANOS = 100_000_000;

    private final HubScheduler scheduler;
    private final Errand bringCarrier = new Errand();

    // Confined to the attendant.
    private final Alarm alarm = new Alarm();
    private final Retry retry = new Retry();

    private final Ready setAlarm = new SetAlarm();

    Afterlife(HubScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Called on any thread when something became ready and nobody drives the loop. */
    void bringCarrier() {
        Attendant.instance().send(bringCarrier);
    }

    /** Drives the loop on the calling carrier until nothing is ready, and has it driven again when the next timed wait is over. */
    void linger(HubCarrier carrier) {
        if (scheduler.loop().linger(carrier) != HubPoller.FOREVER) {
            Attendant.instance().send(setAlarm);
        }
    }

    private final class Errand extends Ready {
        @Override
        protected void takeTurn() {
            try {
                scheduler.baton().startHolder();
            } catch (Throwable t) { // no memory or no thread left: the turn is nobody's until a carrier starts
                RunLoop loop = Attendant.instance().loop();
                loop.cancelTimer(retry);
                loop.setTimer(retry, RETRY_NANOS);
                throw t;
            }
        }
    }

    private final class Retry extends Timer {
        @Override
        protected void fire() {
            bringCarrier();
        }
    }

    private final class SetAlarm extends Ready {
        @Override
        protected void takeTurn() {
            RunLoop loop = Attendant.instance().loop();
            loop.cancelTimer(alarm);
            // Not what the sender found: another carrier may have come and gone since, and its deadline is what counts.
            long deadline = scheduler.loop().undrivenDeadlineNanos();
            if (deadline != HubPoller.FOREVER) {
                loop.setTimer(
                        alarm, Math.max(0, deadline - scheduler.loop().clock().nanos()));
            }
        }
    }

    private final class Alarm extends Timer {
        @Override
        protected void fire() {
            scheduler.loop().wakeUndriven();
        }
    }
}
