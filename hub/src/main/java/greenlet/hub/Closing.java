package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a hub: wait, {@linkplain Killing kill}, abandon. Each step is bounded, so that closing never hangs.
 *
 * <p>OPEN -> CLOSING // the first close(); spawning from outside is refused; CLOSING -> CLOSED // the loop has ended, or is
 * stuck in a green thread that never switches.
 *
 * <p>Safe for use from any thread.
 */
final class Closing {
    /** Enough for a loop that is not stuck, on a machine that is busy. */
    private static final Duration LOOP_END = Duration.ofSeconds(2);

    private final Hub hub;
    private final HubScheduler scheduler;
    private final Tally spawned;
    private final Tally all;
    private final Duration killGrace;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who closes; null while the hub is open. Written once, under this object's monitor. */
    private volatile @Nullable Thread closer;

    private volatile boolean begun;

    /** Set when a green thread of the hub closes it: the loop then ends when that thread does. */
    private volatile boolean closerEndsLoop;

    private volatile @Nullable CloseReport report;

    Closing(Hub hub, Registry registry, HubScheduler scheduler, Duration killGrace) {
        this.hub = hub;
        this.scheduler = scheduler;
        this.spawned = registry.spawned();
        this.all = registry.all();
        this.killGrace = killGrace;
    }

    boolean hasBegun() {
        return begun;
    }

    /** On the carrier, when a green thread has ended. */
    void onEnded(GreenTask task) {
        if (closerEndsLoop && task.thread() == closer) {
            scheduler.end();
        }
    }

    CloseReport close(Duration grace) {
        boolean inside = isInside();
        if (!claim()) {
            return inside ? Closing.unfinished(hub) : awaitOther(grace);
        }
        boolean interrupted = false;
        try {
            spawned.awaitAtMost(isSpawnedSelf() ? 1 : 0, nanos(grace));
        } catch (InterruptedException e) {
            interrupted = true; // no more grace; the rest is bounded and goes on
        }
        Killing killing = new Killing(scheduler, all, hub.clock(), killGrace, inside ? 1 : 0);
        interrupted |= killing.run();
        List<CloseReport.Ended> ended = killing.ended();
        List<CloseReport.Abandoned> abandoned = killing.abandoned();
        List<StackTraceElement> stuck = inside ? endWithSelf() : endNow();
        CloseReport made = new CloseReport(hub.name(), ended, abandoned, stuck);
        report = made;
        closed.countDown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return made;
    }

    private synchronized boolean claim() {
        if (closer != null) {
            return false;
        }
        closer = Thread.currentThread();
        begun = true;
        return true;
    }

    private boolean isInside() {
        GreenTask current = HubScheduler.current();
        return current != null && HubScheduler.of(current) == scheduler;
    }

    private boolean isSpawnedSelf() {
        GreenTask current = HubScheduler.current();
        return isInside() && current != null && current.origin() == GreenTask.Origin.SPAWNED;
    }

    /** In nanoseconds, three hundred years at most. */
    static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    private @Nullable List<StackTraceElement> endNow() {
        scheduler.end();
        boolean interrupted = false;
        boolean ended = false;
        try {
            ended = scheduler.awaitEnd(LOOP_END.toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        Thread carrier = ended || interrupted ? null : scheduler.carrier();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return carrier == null ? null : List.of(carrier.getStackTrace());
    }

    private @Nullable List<StackTraceElement> endWithSelf() {
        closerEndsLoop = true;
        scheduler.refuseNewThreads();
        return null;
    }

    private CloseReport awaitOther(Duration grace) {
        boolean interrupted = false;
        try {
            closed.await(
                    nanos(grace.plus(killGrace).plus(killGrace).plus(LOOP_END).plus(LOOP_END)), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        CloseReport made = report;
        return made == null ? unfinished(hub) : made;
    }

    /** For a second closer that does not wait: somebody else is at it, and this is who is left. */
    private static CloseReport unfinished(Hub hub) {
        return new CloseReport(hub.name(), List.of(), List.of(), null);
    }
}
