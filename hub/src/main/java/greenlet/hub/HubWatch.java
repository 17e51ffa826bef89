package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubProbe;
import greenlet.hub.internal.jdk.TaskView;
import greenlet.hub.time.HubClock;
import greenlet.hub.watch.FlightEvents;
import greenlet.hub.watch.IdleWatch;
import greenlet.hub.watch.Patrol;
import greenlet.hub.watch.TurnWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog of one hub: samples who has the turn, and looks for deadlocks now and then.
 *
 * <p>Confined to its patrol's thread, but for {@link #start} and {@link #stop}.
 */
final class HubWatch {
    private static final int LOOKS_A_LIMIT = 4;

    /** So many looks between two searches for deadlocks, which look at every green thread. */
    private static final int LOOKS_A_SEARCH = 40;

    private final String hub;
    private final HubProbe probe;
    private final Dumping dumping;
    private final Watch options;

    /** Not the hub's clock: what is looked at here is whether the hub goes on in the world's time. */
    private final HubClock clock;

    private final TurnWatch turns;
    private final @Nullable IdleWatch idle;
    private final Deadlocks deadlocks;
    private final Patrol patrol;
    private int looks;

    HubWatch(String hub, HubProbe probe, Dumping dumping, Watch options, HubClock clock) {
        this.hub = hub;
        this.probe = probe;
        this.dumping = dumping;
        this.options = options;
        this.clock = clock;
        turns = new TurnWatch(Closing.nanos(options.limit()));
        Duration idleLimit = options.idleLimit();
        idle = idleLimit == null ? null : new IdleWatch(Closing.nanos(idleLimit));
        deadlocks = new Deadlocks(hub, probe, dumping);
        patrol = new Patrol(hub + "-watch", Closing.nanos(options.limit()) / LOOKS_A_LIMIT, this::look);
    }

    void start() {
        patrol.start();
    }

    void stop() {
        patrol.stop();
    }

    private void look() {
        long now = clock.nanos();
        lookAtTurn(now);
        lookAtIdleness(now);
        if (++looks % LOOKS_A_SEARCH == 0) {
            deadlocks.find().forEach(this::report);
        }
    }

    private void lookAtTurn(long now) {
        HubProbe.Holding holding = probe.holding();
        if (holding == null) {
            turns.onFree();
            return;
        }
        if (!turns.onHeld(holding.turn(), now)) {
            return;
        }
        TaskView view = probe.view(holding.task());
        if (probe.stillHolds(holding)) { // else what was seen is of a later turn
            Thread thread = holding.task().thread();
            report(new WatchReport.Blocked(
                    hub,
                    thread.getName(),
                    thread.threadId(),
                    howOf(view),
                    Duration.ofNanos(turns.heldNanos(now)),
                    view.stack()));
        }
    }

    private static WatchReport.Blocked.How howOf(TaskView view) {
        return switch (view.state()) {
            case PINNED -> WatchReport.Blocked.How.PINNED;
            case IN_CALL -> WatchReport.Blocked.How.SYSTEM_CALL;
            case RUNNING, READY, WAITING, TIMED_WAITING, BLOCKED, ENDED ->
                !view.stack().isEmpty() && view.stack().getFirst().isNativeMethod()
                        ? WatchReport.Blocked.How.SYSTEM_CALL
                        : WatchReport.Blocked.How.RUNNING;
        };
    }

    private void lookAtIdleness(long now) {
        IdleWatch watch = idle;
        if (watch == null) {
            return;
        }
        long seen = probe.turns();
        if (!probe.isIdleWithNothingPending()) {
            watch.onPending();
        } else if (watch.onNothingPending(seen, now)) {
            List<TaskView> views = new ArrayList<>();
            for (GreenTask task : probe.tasks()) {
                views.add(probe.view(task));
            }
            boolean forInput = views.stream().anyMatch(view -> view.waitsFor() == TaskView.Wait.INPUT);
            if (!views.isEmpty() && !forInput && probe.turns() == seen) {
                report(new WatchReport.NothingPending(
                        hub, Duration.ofNanos(watch.idleNanos(now)), dumping.describe(views)));
            }
        }
    }

    private void report(WatchReport report) {
        switch (report) {
            case WatchReport.Blocked blocked ->
                FlightEvents.blocked(
                        blocked.hub(),
                        blocked.greenThread(),
                        blocked.how().name(),
                        blocked.held().toNanos(),
                        blocked.stack());
            case WatchReport.Deadlock deadlock -> FlightEvents.stall(hub, true, deadlock.describe());
            case WatchReport.NothingPending pending -> FlightEvents.stall(hub, false, pending.describe());
        }
        options.listener().accept(report);
    }
}
