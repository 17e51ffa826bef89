package greenlet.hub.poll;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kernel without descriptors: the test says what happens to them. Keeps epoll's rules for {@link Epoll#EDGE}: what happens is reported once, and what
 * is ready when it is added or modified, once more; a closed descriptor is forgotten without a word.
 */
final class FakeEpoll implements Epoll {
    private record Event(int descriptor, int events) {}

    /** What each descriptor is watched for. */
    final Map<Integer, Integer> watched = new HashMap<>();

    final List<String> calls = new ArrayList<>();

    /** How each descriptor is. */
    private final Map<Integer, Integer> ready = new HashMap<>();

    private final Set<Integer> edges = new LinkedHashSet<>();
    private List<Event> reported = List.of();
    private boolean signal;
    private boolean wasSignalled;
    int refuse;
    boolean closed;
    int signals;

    /** Something arrives: an edge. */
    void happen(int descriptor, int events) {
        ready.merge(descriptor, events, (before, now) -> before | now);
        if (watched.containsKey(descriptor)) {
            edges.add(descriptor);
        }
    }

    /** All of it is read or written: no edge. */
    void consume(int descriptor, int events) {
        ready.merge(descriptor, 0, (before, _) -> before & ~events);
    }

    int ready(int descriptor) {
        return ready.getOrDefault(descriptor, 0);
    }

    /** Its number may be another's from now on. */
    void closeDescriptor(int descriptor) {
        watched.remove(descriptor);
        ready.remove(descriptor);
        edges.remove(descriptor);
    }

    @Override
    public int control(int operation, int descriptor, int events) {
        calls.add((operation == ADD ? "add " : operation == MODIFY ? "modify " : "delete ") + descriptor);
        if (refuse != 0) {
            return refuse;
        }
        boolean known = watched.containsKey(descriptor);
        if (operation != ADD && !known) {
            return NOT_THERE;
        }
        if (operation == DELETE) {
            watched.remove(descriptor);
            edges.remove(descriptor);
        } else {
            watched.put(descriptor, events & (READABLE | WRITABLE));
            edges.add(descriptor);
        }
        return 0;
    }

    @Override
    public int await(int millis) {
        calls.add("wait " + millis);
        reported = new ArrayList<>();
        for (int descriptor : edges) {
            // An error is reported whether one has asked or not.
            int bits = ready(descriptor) & (watched.getOrDefault(descriptor, 0) | ~(READABLE | WRITABLE));
            if (bits != 0) {
                reported.add(new Event(descriptor, bits));
            }
        }
        edges.clear();
        wasSignalled = signal;
        signal = false;
        return reported.size();
    }

    @Override
    public boolean wasSignalled() {
        return wasSignalled;
    }

    @Override
    public int descriptor(int index) {
        return reported.get(index).descriptor();
    }

    @Override
    public int events(int index) {
        return reported.get(index).events();
    }

    @Override
    public void signal() {
        signals++;
        signal = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
