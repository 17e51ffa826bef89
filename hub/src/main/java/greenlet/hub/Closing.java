package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
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

    /** What a closer does between its waits takes less, on a machine that is busy. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Hub hub;
    private final HubScheduler scheduler;
    private final Tally spawned;
    private final Tally all;
    private final Duration killGrace;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who closes; null while the hub is open. Written once, under this object's monitor. */
    private volatile @Nullable Thread closer;

    /** How long that waits in the worst case. Written once, under this object's monitor. */
    private long longestNanos;

    private volatile boolean begun;

    /** Whether somebody has been sent to close the hub; the usher's. */
    private boolean delegated;

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

    /**
     * Makes sure that the caller may spawn, before anything is made for that.
     *
     * @throws RejectedExecutionException if the closing has begun and the caller is no green thread of the hub
     */
    void ensureMaySpawn(String threadName) {
        if (begun && !isInside()) {
            throw new RejectedExecutionException("Cannot spawn '" + threadName + "' on hub '" + hub.name()
                    + "': the hub is closed or closing. Spawn before close, or on another hub.");
        }
    }

    /**
     * The same when a start has been counted, by whatever way it came: either this sees that the closing has begun, or the closer sees
     * the count.
     *
     * @throws RejectedExecutionException also if the closing has come to its end
     */
    void ensureMayStart(GreenTask task) {
        ensureMaySpawn(task.thread().getName());
        scheduler.ensureAccepting();
    }

    /** On the carrier, when a green thread has ended. */
    void onEnded(GreenTask task) {
        if (closerEndsLoop && task.thread() == closer) {
            scheduler.end();
        }
    }

    CloseReport close(Duration grace) {
        if (isHubsOwn()) {
            return closeElsewhere(grace);
        }
        boolean inside = isInside();
        if (!claim(grace)) {
            return awaitOther(inside);
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

    private synchronized boolean claim(Duration grace) {
        if (closer != null) {
            return false;
        }
        longestNanos = sum(nanos(grace), sum(Killing.longestNanos(killGrace), LOOP_END.toNanos()));
        closer = Thread.currentThread();
        begun = true;
        return true;
    }

    /** In a handler or a callback that the hub itself calls, on its usher or at last on its carrier: both of which closing needs. */
    private boolean isHubsOwn() {
        GreenTask current = HubScheduler.current();
        return current == null
                ? Thread.currentThread() == scheduler.carrier()
                : isInside() && current.origin() == GreenTask.Origin.INTERNAL;
    }

    /** Does not wait. */
    private CloseReport closeElsewhere(Duration grace) {
        if (!begun && !delegated) {
            Thread helper = new Thread(null, () -> hub.close(grace), hub.name() + "-closer", 0, false);
            helper.setDaemon(true);
            helper.start();
            delegated = true;
        }
        CloseReport made = report;
        return made == null ? CloseReport.unfinished(hub.name()) : made;
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

    /** Of two lengths of time, three hundred years at most. */
    static long sum(long nanos, long more) {
        long sum = nanos + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
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
        return null;
    }

    /** For a second closer. One of the hub's own green threads does not wait: the first one waits for its end. */
    private CloseReport awaitOther(boolean inside) {
        if (!inside) {
            try {
                closed.await(sum(longestNanos(), SLACK.toNanos()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        CloseReport made = report;
        return made == null ? CloseReport.unfinished(hub.name()) : made;
    }

    private synchronized long longestNanos() {
        return longestNanos;
    }
}
