package greenlet.lab.mechanism;

import greenlet.hub.Hub;
import greenlet.hub.HubSet;
import greenlet.hub.Hubs;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Green threads of as many hubs as cores, dealt out in turn: what a program that outgrows the one core of a hub uses. Only where cores
 * decide is it worth a place beside {@link Greenlets}.
 *
 * <p>Immutable.
 */
public final class GreenletsPerCore implements ThreadMechanism {
    @Override
    public String name() {
        return "greenlets-per-core";
    }

    @Override
    public String about() {
        return "green threads of as many hubs as cores, dealt out in turn";
    }

    @Override
    public boolean isVariant() {
        return true;
    }

    @Override
    public Running open() {
        HubSet hubs = Hubs.perCore();
        List<ThreadFactory> factories =
                hubs.hubs().stream().map(Hub::threadFactory).toList();
        AtomicInteger dealt = new AtomicInteger();
        ThreadFactory inTurn = task -> factories
                .get(Math.floorMod(dealt.getAndIncrement(), factories.size()))
                .newThread(task);
        return new Running() {
            @Override
            public ThreadFactory threads() {
                return inTurn;
            }

            @Override
            public void close() {
                hubs.close();
            }
        };
    }
}
