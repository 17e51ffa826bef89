package greenlet.lab.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The figures of the decisive load, one after another. A load whose figures mostly break the demand, however well the first did, gives way to fewer
 * callers.
 *
 * <p>Confined to the thread that made it.
 */
final class Decisive {
    private final Rise rise;
    private final List<Point> figures = new ArrayList<>();

    Decisive(Rise rise) {
        this.rise = rise;
    }

    /** The load that some points show to be the decisive one; none if no point keeps to the demand. */
    void find(List<Point> points) {
        rise.best(points).ifPresent(figures::add);
    }

    boolean isKnown() {
        return !figures.isEmpty();
    }

    Point first() {
        return figures.getFirst();
    }

    boolean admits(Point point) {
        return rise.best(List.of(point)).isPresent();
    }

    void add(Point figure) {
        figures.add(figure);
    }

    /** Another figure of this many callers. Whether most keep to the demand; if most break it, the next to measure is one of the fewer explored. */
    boolean add(Point figure, List<Point> explored) {
        figures.add(figure);
        if (2 * kept() < figures.size()) {
            Optional<Point> fewer = rise.best(explored.stream()
                    .filter(point -> point.concurrency() < figure.concurrency())
                    .toList());
            fewer.ifPresent(point -> {
                figures.clear();
                figures.add(point);
            });
            return false;
        }
        return isKept();
    }

    private boolean isKept() {
        return 2 * kept() > figures.size();
    }

    private long kept() {
        return figures.stream().filter(this::admits).count();
    }

    /** All of them; none if not most keep to the demand. */
    List<Point> figures() {
        return isKept() ? List.copyOf(figures) : List.of();
    }

    /** Why there are none although there were some; empty otherwise. */
    String shortfall() {
        return figures.isEmpty() || isKept()
                ? ""
                : "kept to the limits in %d of %d measurements at %,d at once only"
                        .formatted(kept(), figures.size(), first().concurrency());
    }
}
