package greenlet.hub.poll;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits by parking the carrier; input is left to the JDK's own pollers, which wake the hub through its scheduler. */
public final class ParkingPoller implements HubPoller {
    private volatile @Nullable Thread waiter;

    /** Makes a poller. */
    public ParkingPoller() {}

    @Override
    public void prepareToWait() {
        Thread current = Thread.currentThread();
        if (waiter != current) {
            waiter = current;
        }
    }

    @Override
    public void await(long nanos) {
        if (nanos == FOREVER) {
            LockSupport.park();
        } else {
            LockSupport.parkNanos(nanos);
        }
        // An interrupt status left on the carrier would turn every later park into a spin.
        Thread.interrupted();
    }

    @Override
    public void wakeUp() {
        LockSupport.unpark(waiter);
    }

    @Override
    public boolean hasPending() {
        return false;
    }

    @Override
    public void pollNow() {}

    @Override
    public void close() {}
}
