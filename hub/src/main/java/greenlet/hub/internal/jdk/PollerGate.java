package greenlet.hub.internal.jdk;

import greenlet.hub.poll.EpollPoller;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/**
 * Decides, for one of the JDK's pollers, who watches a descriptor: the hub's own epoll if a green thread waits, the JDK for everybody
 * else. What the hub's epoll refuses goes to the JDK too, which then throws its own exception.
 *
 * <p>Safe for use from any thread.
 */
final class PollerGate implements IntBinaryOperator {
    private final IntConsumer waiter;
    private final EpollPoller.Side side;

    /**
     * Makes a gate.
     *
     * @param waiter the JDK's poller, told when a descriptor is ready
     * @param side what that poller watches for
     */
    PollerGate(IntConsumer waiter, EpollPoller.Side side) {
        this.waiter = waiter;
        this.side = side;
    }

    @Override
    public int applyAsInt(int descriptor, int operation) {
        EpollPoller poller = HubCarrier.currentEpoll();
        if (poller == null) {
            return 0;
        }
        boolean ours = operation == PollerClasses.REGISTER
                ? poller.register(descriptor, side, waiter)
                : poller.deregister(descriptor, side);
        return ours ? 1 : 0;
    }
}
