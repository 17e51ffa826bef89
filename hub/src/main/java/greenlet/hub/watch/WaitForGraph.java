package greenlet.hub.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who waits for whom, when each waits for one other at most. A circle in it is a deadlock: nobody in it can go on before its next does.
 *
 * <p>Immutable, as far as its nodes are.
 *
 * @param <N> who waits; compared by {@code equals}
 */
public final class WaitForGraph<N> {
    private final Map<N, N> waitsFor;

    /**
     * Makes a graph.
     *
     * @param waitsFor who waits for whom
     */
    public WaitForGraph(Map<N, N> waitsFor) {
        this.waitsFor = Map.copyOf(waitsFor);
    }

    /**
     * The circles.
     *
     * @return each once; in a circle each waits for the one that follows, and the last for the first
     */
    public List<List<N>> circles() {
        List<List<N>> circles = new ArrayList<>();
        Set<N> visited = new HashSet<>();
        for (N start : waitsFor.keySet()) {
            N at = start;
            Set<N> walk = new HashSet<>();
            while (at != null && visited.add(at)) {
                walk.add(at);
                at = waitsFor.get(at);
            }
            if (at != null && walk.contains(at)) {
                circles.add(circleFrom(at));
            }
        }
        return circles;
    }

    /**
     * Who waits for one of the given, be it through others.
     *
     * @param circle the given
     * @return those that are not in the circle themselves
     */
    public List<N> behind(List<N> circle) {
        Set<N> members = Set.copyOf(circle);
        List<N> behind = new ArrayList<>();
        for (N node : waitsFor.keySet()) {
            if (!members.contains(node) && leadsInto(node, members)) {
                behind.add(node);
            }
        }
        return behind;
    }

    /** At most as many steps as there are nodes: the way may end in another circle. */
    private boolean leadsInto(N node, Set<N> members) {
        N at = node;
        for (int step = 0; at != null && step <= waitsFor.size(); step++) {
            if (members.contains(at)) {
                return true;
            }
            at = waitsFor.get(at);
        }
        return false;
    }

    private List<N> circleFrom(N start) {
        List<N> circle = new ArrayList<>();
        N at = start;
        do {
            circle.add(at);
            at = waitsFor.get(at);
        } while (at != null && !at.equals(start));
        return List.copyOf(circle);
    }
}
