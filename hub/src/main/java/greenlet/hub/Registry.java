package greenlet.hub;

import greenlet.hub.internal.jdk.Chore;
import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import greenlet.hub.watch.FlightEvents;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Knows the green threads of one hub from start to end, also those that came by inheritance, and counts them.
 *
 * <p>Safe for use from any thread.
 */
final class Registry implements HubScheduler.Listener {
    private final Hub hub;
    private final Uncaught uncaught;
    private final Tally spawned = new Tally();
    private final Tally all = new Tally();

    private final boolean notesOrigins;

    /** Written once, before the hub is opened. */
    private @Nullable Closing closing;

    Registry(Hub hub, Uncaught uncaught, boolean notesOrigins) {
        this.hub = hub;
        this.uncaught = uncaught;
        this.notesOrigins = notesOrigins;
    }

    void closing(Closing newClosing) {
        closing = newClosing;
    }

    /** Started through the hub and not ended. */
    Tally spawned() {
        return spawned;
    }

    /** Started and not ended, inherited ones included. */
    Tally all() {
        return all;
    }

    /** The handle of a green thread, made now if nobody has asked for it before. */
    static GreenThread<?> handleOf(GreenTask task) {
        if (task.attachment() instanceof GreenThread<?> handle) {
            return handle;
        }
        Registry registry = (Registry) HubScheduler.of(task).listener();
        GreenThread<?> handle = (GreenThread<?>) task.attach(new GreenThread<@Nullable Object>(registry.hub, task));
        if (task.isTerminated()) {
            // It ended between the question and the answer, and found no handle to tell.
            handle.endUnknown(null);
        }
        return handle;
    }

    @Override
    public void onStarting(GreenTask task) {
        uncaught.adopt(task.thread());
        if (notesOrigins) {
            task.origins(Origins.here());
        }
        FlightEvents.spawn(hub.name(), task.thread());
        all.up();
        if (task.origin() == GreenTask.Origin.SPAWNED) {
            spawned.up();
        }
        try {
            Objects.requireNonNull(closing).ensureMayStart(task);
        } catch (RejectedExecutionException refusal) {
            uncount(task);
            throw refusal;
        }
    }

    private void uncount(GreenTask task) {
        if (task.origin() == GreenTask.Origin.SPAWNED) {
            spawned.down();
        }
        all.down();
    }

    @Override
    public void onEnded(GreenTask task) {
        try {
            if (task.attachment() instanceof GreenThread<?> handle && handle.isOpenEnded()) {
                // Its callbacks may block, so the usher calls them.
                HubScheduler.of(task).post(new Chore(() -> handle.endUnknown(null)));
            }
        } finally { // whatever telling comes to, for want of memory: closing waits for these counts
            uncount(task);
            Objects.requireNonNull(closing).onEnded(task);
        }
    }

    @Override
    public void onError(Thread carrier, Throwable failure) {
        uncaught.tell(carrier, failure);
    }
}
