package greenlet.lab.advise;

import greenlet.lab.advise.worker.Order;
import greenlet.lab.scenario.Pace;
import java.time.Duration;

/**
 * How long orders take, for calls of a given length.
 *
 * <p>Immutable.
 *
 * @param callNanos how long a call takes when nothing else runs
 * @param open whether requests come at fixed times
 */
record Pacing(double callNanos, boolean open) {
    /** So many calls that those who race have a chance to meet. */
    private static final Duration SEQUENCE = Duration.ofMillis(1500);

    private static final Duration WARM_UP = Duration.ofMillis(1500);
    private static final Duration WARM_UP_WINDOW = Duration.ofMillis(120);
    private static final Duration CLOSED_WINDOW = Duration.ofMillis(300);
    private static final Duration OPEN_WINDOW = Duration.ofMillis(1200);
    private static final Duration RAMP = Duration.ofMillis(150);
    private static final double LONGEST_NANOS = 4e9;
    private static final int CALLS_IN_WINDOW = 12;

    /** Before anything is known of the calls. */
    static Pacing unknown() {
        return new Pacing(0, false);
    }

    Order.Sequence sequence(int callers, long calls) {
        // One caller's time is that of all calls one after another; several take less, if anything.
        return new Order.Sequence(callers, calls, (long) nanos(SEQUENCE) + (long) (calls * callNanos));
    }

    Order.WarmUp warmUp(int callers) {
        double window = Math.max(nanos(WARM_UP_WINDOW), Math.min(LONGEST_NANOS, 2 * callNanos));
        double all = Math.max(nanos(WARM_UP), Math.min(LONGEST_NANOS, 4 * callNanos));
        return new Order.WarmUp(callers, (long) window, (long) all);
    }

    Order.Level level(int callers, double perSecond) {
        double least = nanos(open ? OPEN_WINDOW : CLOSED_WINDOW);
        double wanted = Math.min(LONGEST_NANOS, CALLS_IN_WINDOW * callNanos);
        double window = Math.max(Math.max(least, wanted), 2 * callNanos);
        double ramp = Math.max(nanos(RAMP), 1.5 * callNanos);
        return new Order.Level(callers, perSecond, (long) ramp, (long) window);
    }

    private static double nanos(Duration full) {
        return (double) Pace.of(full).toNanos();
    }
}
