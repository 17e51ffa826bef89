package greenlet.lab.advise.worker;

import greenlet.hub.Hub;
import greenlet.lab.advise.Way;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.mechanism.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * What makes the threads of one way.
 *
 * <p>Safe for use from any thread.
 */
final class Threads implements AutoCloseable {
    /** All threads have ended when it is closed, or the worker is halted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final List<Hub> hubs;
    private final List<ThreadFactory> factories;
    private final boolean yields;

    private Threads(List<Hub> hubs, List<ThreadFactory> factories, boolean yields) {
        this.hubs = hubs;
        this.factories = factories;
        this.yields = yields;
    }

    static Threads open(Way way, int cores) {
        return switch (way) {
            case GREENLETS -> onHubs(1);
            case GREENLETS_PER_CORE -> onHubs(cores);
            case VIRTUAL_THREADS -> of(new VirtualThreads(), true);
            case PLATFORM_THREADS, PROCESSES -> of(new PlatformThreads(), false);
        };
    }

    private static Threads onHubs(int count) {
        List<Hub> hubs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hubs.add(Hub.builder().name("advise-" + i).grace(GRACE).start());
        }
        return new Threads(hubs, hubs.stream().map(Hub::threadFactory).toList(), true);
    }

    private static Threads of(ThreadMechanism mechanism, boolean yields) {
        return new Threads(List.of(), List.of(mechanism.open().threads()), yields);
    }

    /** An unstarted thread; callers are dealt out in turn where there are several places for them. */
    Thread make(int number, Runnable body) {
        return factories.get(number % factories.size()).newThread(body);
    }

    /** How many places there are that a caller can keep its siblings in. */
    int places() {
        return factories.size();
    }

    /**
     * A caller gives way between two calls where it has to. A program's threads block there, waiting for the next thing to do; threads that are
     * scheduled by themselves would never let their siblings in otherwise, and those of the system need no such help.
     */
    @SuppressWarnings("ThreadPriorityCheck") // The point is to let the scheduler choose.
    void giveWay() {
        if (yields) {
            Thread.yield();
        }
    }

    long handOffs() {
        return hubs.stream().mapToLong(hub -> hub.statistics().handOffs()).sum();
    }

    @Override
    public void close() {
        hubs.forEach(hub -> hub.close(GRACE));
    }
}
