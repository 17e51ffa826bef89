package greenlet.hub.poll;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A kernel without descriptors: the test says what happens to them. Keeps epoll's rules for {@link Epoll#ONCE}. */
final class FakeEpoll implements Epoll {
    private record Event(int descriptor, int events) {}

    /** What each descriptor is watched for; zero after it was reported once. */
    final Map<Integer, Integer> watched = new HashMap<>();

    final List<String> calls = new ArrayList<>();
    private final Queue<Event> happened = new ArrayDeque<>();
    private List<Event> reported = List.of();
    int refuse;
    boolean closed;
    int signals;

    void happen(int descriptor, int events) {
        happened.add(new Event(descriptor, events));
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
        } else {
            watched.put(descriptor, events & ~ONCE);
        }
        return 0;
    }

    @Override
    public int await(int millis) {
        calls.add("wait " + millis);
        reported = new ArrayList<>();
        for (Event event : happened) {
            if (watched.getOrDefault(event.descriptor(), 0) != 0) {
                reported.add(event);
                watched.put(event.descriptor(), 0);
            }
        }
        happened.clear();
        return reported.size();
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
    }

    @Override
    public void close() {
        closed = true;
    }
}
