package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubProbe;
import greenlet.hub.internal.jdk.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes dumps of what a {@link HubProbe} finds. Immutable. */
final class Dumping {
    private final Hub hub;
    private final HubProbe probe;

    Dumping(Hub hub, HubProbe probe) {
        this.hub = hub;
        this.probe = probe;
    }

    HubDump dump() {
        HubStatistics statistics = hub.statistics();
        List<TaskView> views = new ArrayList<>();
        for (GreenTask task : probe.tasks()) {
            TaskView view = probe.view(task);
            if (view.state() != TaskView.State.ENDED) {
                views.add(view);
            }
        }
        views.sort(Comparator.comparingLong(view -> view.task().thread().threadId()));
        return new HubDump(hub.name(), statistics, describe(views));
    }

    /** In the same order; owners of monitors are looked for among these. */
    List<GreenThreadDump> describe(List<TaskView> views) {
        IdentityHashMap<Object, Thread> owners = ownersOfMonitors(views);
        return views.stream().map(view -> describe(view, owners)).toList();
    }

    /** Who holds which monitor. */
    static IdentityHashMap<Object, Thread> ownersOfMonitors(List<TaskView> views) {
        IdentityHashMap<Object, Thread> owners = new IdentityHashMap<>();
        for (TaskView view : views) {
            view.monitors().forEach(monitor -> owners.put(monitor, view.task().thread()));
        }
        return owners;
    }

    private GreenThreadDump describe(TaskView view, IdentityHashMap<Object, Thread> owners) {
        GreenTask task = view.task();
        Thread thread = task.thread();
        return new GreenThreadDump(
                thread.getName(),
                thread.threadId(),
                GreenThreadDump.State.valueOf(view.state().name()),
                task.origin() == GreenTask.Origin.SPAWNED,
                view.condemned(),
                waitOf(view, owners),
                waiting(view),
                view.stack(),
                view.monitors().stream().map(Objects::toIdentityString).toList(),
                task.origins() instanceof GreenThreadDump.Origin origin ? origin : null);
    }

    private static GreenThreadDump.@Nullable Wait waitOf(TaskView view, IdentityHashMap<Object, Thread> owners) {
        if (view.waitsFor() == TaskView.Wait.NONE) {
            return null;
        }
        Object blocker = view.blocker();
        Thread owner = view.waitsFor() == TaskView.Wait.MONITOR ? owners.get(blocker) : view.owner();
        return new GreenThreadDump.Wait(
                GreenThreadDump.Kind.valueOf(view.waitsFor().name()),
                blocker == null || blocker instanceof GreenTask ? null : Objects.toIdentityString(blocker),
                owner == null ? null : owner.getName(),
                owner == null ? 0 : owner.threadId());
    }

    private @Nullable Duration waiting(TaskView view) {
        return switch (view.state()) {
            case WAITING, TIMED_WAITING, BLOCKED, PINNED, IN_CALL ->
                Duration.ofNanos(Math.max(0, hub.clock().nanos() - view.sinceNanos()));
            case RUNNING, READY, ENDED -> null;
        };
    }
}
