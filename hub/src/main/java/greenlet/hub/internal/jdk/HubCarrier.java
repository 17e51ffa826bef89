package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.RunLoop;
import jdk.internal.misc.CarrierThread;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that green threads of one hub are mounted on. A {@link CarrierThread} because the JDK tells only those
 * when a call is about to block the operating system's thread.
 *
 * <p>Its fields are written by itself alone.
 */
final class HubCarrier extends CarrierThread implements RunLoop.Driver {
    private final HubScheduler scheduler;
    private boolean hasTurn = true;
    private @Nullable GreenTask mounted;

    HubCarrier(HubScheduler scheduler, String name) {
        super(scheduler);
        this.scheduler = scheduler;
        setName(name);
        setDaemon(true);
    }

    /** The carrier of the calling thread if it belongs to that hub and has the turn. */
    static @Nullable HubCarrier currentWithTurn(HubScheduler scheduler) {
        return VirtualThreads.currentCarrier() instanceof HubCarrier carrier
                        && carrier.scheduler == scheduler
                        && carrier.hasTurn
                ? carrier
                : null;
    }

    /** The green thread that is mounted on the calling thread's carrier, or null if the caller is not one. */
    static @Nullable GreenTask currentTask() {
        return VirtualThreads.currentCarrier() instanceof HubCarrier carrier ? carrier.mounted : null;
    }

    @Override
    public void run() {
        scheduler.drive(this);
    }

    /** One, always: at zero the JDK would submit past {@link HubScheduler#execute}, to the pool's own queues. */
    @Override
    public int getQueuedTaskCount() {
        return 1;
    }

    @Override
    public boolean beginBlocking() {
        return false;
    }

    @Override
    public void endBlocking() {}

    @Override
    public boolean hasTurn() {
        return hasTurn;
    }

    @Override
    public boolean awaitTurn() {
        return false;
    }

    void enter(GreenTask task) {
        mounted = task;
    }

    void leave() {
        mounted = null;
    }

    @Nullable
    GreenTask mounted() {
        return mounted;
    }
}
