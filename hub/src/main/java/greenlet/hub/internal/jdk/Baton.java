package greenlet.hub.internal.jdk;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one hub, and its carriers: one has the turn, some are away in calls that block, some are spare.
 *
 * <p>Safe for use from any thread. Its monitor is held for a few instructions only, and never while a green thread's code runs.
 */
final class Baton {
    /** As many as the JDK's own scheduler has at most ({@code jdk.virtualThreadScheduler.maxPoolSize}); more calls than these stall the hub. */
    static final int MOST_CARRIERS = 256;

    /** More than these are not kept waiting for the next call. */
    static final int MOST_SPARES = 4;

    private final HubScheduler scheduler;

    /** Who has the turn; null when nobody drives the hub. Written by whoever passes the turn on, read by anyone as a hint. */
    private volatile @Nullable HubCarrier holder;

    // Guarded by this.
    private final Deque<HubCarrier> spares = new ArrayDeque<>(MOST_SPARES + 1);
    private int carriers;
    private int named;
    private boolean ended;
    private long handOffs;

    Baton(HubScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Nullable
    HubCarrier holder() {
        return holder;
    }

    /** Starts a carrier that has the turn, which nobody has. */
    void startHolder() {
        HubCarrier carrier = start();
        synchronized (this) {
            holder = carrier;
        }
        carrier.grant();
    }

    /**
     * Takes the turn from a carrier that offers it, for a spare one.
     *
     * @return true if the turn was taken; false if the call has returned or there are too many carriers
     */
    boolean takeFrom(HubCarrier offering) {
        HubCarrier taker = takeSpare();
        if (taker == null) {
            return false;
        }
        if (!offering.tryTake()) {
            keep(taker);
            return false;
        }
        synchronized (this) {
            handOffs++;
        }
        holder = taker;
        taker.grant();
        return true;
    }

    /** Called on the giver's thread, whose state says already that it has no turn: its last act before it waits. */
    void pass(HubCarrier giver, HubCarrier taker) {
        keep(giver);
        holder = taker;
        taker.grant();
    }

    /** The carrier ends; it drove the hub until nothing was left to do, or was dismissed. */
    synchronized void leave(HubCarrier carrier) {
        carriers--;
        if (holder == carrier) {
            holder = null;
        }
    }

    /** No carrier is kept waiting from now on; those whose calls return later are still given the turn, one at a time. */
    synchronized void end() {
        ended = true;
        spares.forEach(HubCarrier::dismiss);
        spares.clear();
    }

    synchronized int carriers() {
        return carriers;
    }

    synchronized long handOffs() {
        return handOffs;
    }

    private @Nullable HubCarrier takeSpare() {
        synchronized (this) {
            HubCarrier spare = spares.poll();
            if (spare != null) {
                return spare;
            }
            if (carriers >= MOST_CARRIERS) {
                return null;
            }
        }
        return start();
    }

    private synchronized void keep(HubCarrier carrier) {
        if (ended || spares.size() >= MOST_SPARES) {
            carrier.dismiss();
        } else {
            spares.push(carrier);
        }
    }

    private HubCarrier start() {
        HubCarrier carrier;
        synchronized (this) {
            carrier = new HubCarrier(scheduler, scheduler.hubName() + "-carrier-" + ++named);
            carriers++;
        }
        try {
            carrier.start();
        } catch (Throwable t) { // no memory or no thread left
            leave(carrier);
            throw t;
        }
        return carrier;
    }
}
