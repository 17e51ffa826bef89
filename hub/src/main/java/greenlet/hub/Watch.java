package greenlet.hub;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be noticed of a hub that does not go on, and who is told.
 *
 * {@snippet :
 * Hub hub = Hub.builder().watch(Watch.standard().limit(Duration.ofMillis(20))).start();
 * }
 *
 * <p>Reported are: a green thread that keeps its turn for longer than the limit; a deadlock among green threads of the hub; and, if asked for,
 * a hub that has been idle for long and in which nothing is pending. Each once. They go to whoever {@link #reportTo} names, by default a warning
 * in the {@link System.Logger} {@code greenlet.hub.watch}, and to Java Flight Recorder as {@code greenlet.Blocked} and {@code
 * greenlet.Stall} where it runs.
 *
 * <p>A daemon thread of the hub's own looks four times a limit; the green threads pay nothing for it.
 *
 * <p>Immutable.
 */
public final class Watch {
    private static final Duration DEFAULT_LIMIT = Duration.ofMillis(100);
    private static final Watch STANDARD = new Watch(DEFAULT_LIMIT, null, Watch::log);

    private final Duration limit;
    private final @Nullable Duration idleLimit;
    private final Consumer<? super WatchReport> listener;

    private Watch(Duration limit, @Nullable Duration idleLimit, Consumer<? super WatchReport> listener) {
        this.limit = limit;
        this.idleLimit = idleLimit;
        this.listener = listener;
    }

    /**
     * A limit of 100 ms, idle hubs not reported, reports to the log. Not a switch point.
     *
     * @return that watch
     */
    public static Watch standard() {
        return STANDARD;
    }

    /**
     * With another limit for a turn. A turn that lasts a quarter longer is noticed for certain, as far as the machine lets the
     * watching thread run. Not a switch point.
     *
     * @param newLimit how long a green thread may keep its turn; at least 1 ms
     * @return a watch with that
     * @throws IllegalArgumentException if it is shorter
     */
    public Watch limit(Duration newLimit) {
        if (newLimit.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "Cannot watch for turns longer than " + newLimit + ": the limit must be at least 1 ms.");
        }
        return new Watch(newLimit, idleLimit, listener);
    }

    /**
     * With reports on a hub that has been idle for so long although green threads live, while no timed wait, no wait for input and no call is
     * under way: only a thread outside the hub can wake it then, which may be as intended. Not a switch point.
     *
     * @param newLimit how long; positive
     * @return a watch with that
     * @throws IllegalArgumentException if it is not positive
     */
    public Watch idleLimit(Duration newLimit) {
        if (!newLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "Cannot report a hub that has been idle for " + newLimit + ": the time must be positive.");
        }
        return new Watch(limit, newLimit, listener);
    }

    /**
     * With another receiver of reports than the log. It is called on the watching thread, which looks at nothing meanwhile. Not a switch
     * point.
     *
     * @param newListener told each report once
     * @return a watch with that
     */
    public Watch reportTo(Consumer<? super WatchReport> newListener) {
        return new Watch(limit, idleLimit, Objects.requireNonNull(newListener));
    }

    Duration limit() {
        return limit;
    }

    @Nullable
    Duration idleLimit() {
        return idleLimit;
    }

    Consumer<? super WatchReport> listener() {
        return listener;
    }

    private static void log(WatchReport report) {
        System.getLogger("greenlet.hub.watch").log(Level.WARNING, report.describe());
    }
}
