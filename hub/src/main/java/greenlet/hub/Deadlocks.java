package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubProbe;
import greenlet.hub.internal.jdk.TaskView;
import greenlet.hub.watch.WaitForGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds green threads of one hub that wait for each other for ever, while the hub runs.
 *
 * <p>Only those are looked at that wait without a limit of time for something which another may hold. What is seen of one may be out of date
 * when the next is looked at, so that a circle is looked at twice: if nobody in it has had a turn between, all that was seen held
 * at the same time, and then it holds for ever.
 *
 * <p>Confined to one thread.
 */
final class Deadlocks {
    private final String hub;
    private final HubProbe probe;
    private final Dumping dumping;

    /** The last turns of those in a circle: no two turns of a hub have the same number. */
    private Set<Set<Long>> told = new HashSet<>();

    Deadlocks(String hub, HubProbe probe, Dumping dumping) {
        this.hub = hub;
        this.probe = probe;
        this.dumping = dumping;
    }

    /** Those that have not been found before. */
    List<WatchReport.Deadlock> find() {
        List<TaskView> views = new ArrayList<>();
        int living = 0;
        for (GreenTask task : probe.tasks()) {
            living++;
            if (probe.waitsForAnother(task)) {
                views.add(probe.view(task));
            }
        }
        List<WatchReport.Deadlock> found = new ArrayList<>();
        Set<Set<Long>> seen = new HashSet<>();
        WaitForGraph<GreenTask> graph = graph(views);
        for (List<GreenTask> circle : graph.circles()) {
            List<TaskView> first = only(circle, views);
            Set<Long> turns = first.stream().map(TaskView::turn).collect(Collectors.toSet());
            if (isStill(circle, first)) {
                seen.add(turns);
                if (!told.contains(turns)) {
                    found.add(report(circle, graph.behind(circle), views, living));
                }
            }
        }
        told = seen;
        return found;
    }

    private WatchReport.Deadlock report(
            List<GreenTask> circle, List<GreenTask> behind, List<TaskView> views, int living) {
        List<GreenTask> all = new ArrayList<>(circle);
        all.addAll(behind);
        List<GreenThreadDump> dumps = dumping.describe(only(all, views));
        return new WatchReport.Deadlock(
                hub,
                dumps.subList(0, circle.size()),
                dumps.subList(circle.size(), dumps.size()),
                Math.max(0, living - all.size()));
    }

    private boolean isStill(List<GreenTask> circle, List<TaskView> first) {
        List<TaskView> second = circle.stream().map(probe::view).toList();
        for (int i = 0; i < first.size(); i++) {
            if (first.get(i).turn() != second.get(i).turn()) {
                return false;
            }
        }
        return graph(first).circles().size() == 1 && graph(second).circles().size() == 1;
    }

    private static WaitForGraph<GreenTask> graph(List<TaskView> views) {
        IdentityHashMap<Object, Thread> monitors = Dumping.ownersOfMonitors(views);
        Map<Thread, GreenTask> tasks = new HashMap<>();
        views.forEach(view -> tasks.put(view.task().thread(), view.task()));
        Map<GreenTask, GreenTask> waitsFor = new HashMap<>();
        for (TaskView view : views) {
            Thread owner = ownerOf(view, monitors);
            GreenTask holder = owner == null ? null : tasks.get(owner);
            if (holder != null && holder != view.task()) {
                waitsFor.put(view.task(), holder);
            }
        }
        return new WaitForGraph<>(waitsFor);
    }

    private static @Nullable Thread ownerOf(TaskView view, IdentityHashMap<Object, Thread> monitors) {
        return switch (view.state()) {
            case BLOCKED -> monitors.get(view.blocker());
            case WAITING -> view.owner();
            case RUNNING, READY, TIMED_WAITING, PINNED, IN_CALL, ENDED -> null;
        };
    }

    private static List<TaskView> only(List<GreenTask> tasks, List<TaskView> views) {
        Map<GreenTask, TaskView> byTask = new HashMap<>();
        views.forEach(view -> byTask.put(view.task(), view));
        return tasks.stream().map(byTask::get).toList();
    }
}
