package greenlet.hub;

import greenlet.hub.time.HubClock;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is told to go on. For hubs whose green threads never all wait: nobody would advance it. */
final class ManualClock implements HubClock {
    private final AtomicLong now = new AtomicLong(1_000_000);

    @Override
    public long nanos() {
        return now.get();
    }

    void advance(long nanos) {
        now.addAndGet(nanos);
    }

    /** Lets the hub look at its timers and its usher do what they asked for. */
    static void letTimersFire() {
        for (int i = 0; i < 4; i++) {
            GreenThread.yieldTurn();
        }
    }
}
