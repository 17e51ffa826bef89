package greenlet.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * Hubs side by side, one for each core: how one process uses several cores. Green threads of one hub never run in parallel, those of two do: hubs share
 * nothing but what the program shares between them, and that must be safe for use from several threads.
 *
 * {@snippet :
 * try (HubSet hubs = Hubs.perCore();
 *         ServerSet servers = StreamServer.of(handler).port(8080).start(hubs)) {
 *     shutdown.await();
 * }
 * }
 *
 * <p>Safe for use from any thread.
 */
public final class HubSet implements AutoCloseable {
    private final List<Hub> hubs;

    private HubSet(List<Hub> hubs) {
        this.hubs = List.copyOf(hubs);
    }

    static HubSet open(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Cannot open " + count + " hubs: use 1 or more.");
        }
        List<Hub> opened = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                opened.add(Hub.builder().name("core-" + i).start());
            }
        } catch (Throwable failed) {
            new HubSet(opened).close();
            throw failed;
        }
        return new HubSet(opened);
    }

    /**
     * The hubs. Not a switch point.
     *
     * @return in the order of their names
     */
    public List<Hub> hubs() {
        return hubs;
    }

    /** Closes all at once, each as {@link Hub#close()} does, and waits for that. A switch point. */
    @Override
    public void close() {
        List<Thread> closers = new ArrayList<>();
        for (Hub hub : hubs) {
            closers.add(
                    Thread.ofPlatform().daemon().name(hub.name() + "-closer").start(hub::close));
        }
        for (Thread closer : closers) {
            Uninterrupted.await(closer::join);
        }
    }

    @Override
    public String toString() {
        return "HubSet" + hubs;
    }
}
