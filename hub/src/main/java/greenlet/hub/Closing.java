package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a hub: wait, kill, abandon. Each step is bounded, so that closing never hangs.
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
        int self = inside ? 1 : 0;
        boolean interrupted = false;
        try {
            spawned.awaitAtMost(isSpawnedSelf() ? 1 : 0, grace.toNanos());
        } catch (InterruptedException e) {
            interrupted = true; // no more grace; the rest is bounded and goes on
        }
        List<GreenTask> killed = others();
        killed.forEach(task -> Registry.handleOf(task).kill());
        interrupted |= awaitUninterruptibly(self, killGrace);
        List<CloseReport.Abandoned> abandoned =
                others().stream().map(Closing::abandon).toList();
        List<StackTraceElement> stuck = inside ? endWithSelf() : endNow();
        CloseReport made = new CloseReport(hub.name(), killed.size(), abandoned, stuck);
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

    private List<GreenTask> others() {
        List<GreenTask> others = new ArrayList<>();
        GreenTask self = HubScheduler.current();
        for (GreenTask task : scheduler.tasks()) {
            if (task != self) {
                others.add(task);
            }
        }
        return others;
    }

    /** Waits for all others to end; true if the caller was interrupted meanwhile. */
    private boolean awaitUninterruptibly(int left, Duration time) {
        boolean interrupted = false;
        long deadline = hub.clock().nanos() + time.toNanos();
        while (true) {
            try {
                all.awaitAtMost(left, deadline - hub.clock().nanos());
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private static CloseReport.Abandoned abandon(GreenTask task) {
        Thread thread = task.thread();
        return new CloseReport.Abandoned(thread.getName(), thread.getState(), List.of(thread.getStackTrace()));
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
            closed.await(grace.plus(killGrace).plus(LOOP_END).toNanos(), TimeUnit.NANOSECONDS);
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
        return new CloseReport(hub.name(), 0, List.of(), null);
    }
}
