package greenlet.lab.plan;

import greenlet.lab.measure.Budget;
import java.time.Duration;
import java.util.List;

/**
 * What a comparison will do.
 *
 * <p>Immutable.
 *
 * @param budget the budget it was made for
 * @param groups what is measured, the most telling sizes of every scenario first
 * @param dropped what would not have fitted the budget
 */
public record Plan(Budget budget, List<Group> groups, List<Group> dropped) {
    /** Copies the lists. */
    public Plan {
        groups = List.copyOf(groups);
        dropped = List.copyOf(dropped);
    }

    /** What is not measuring: the command's own start, a look for Python, reports with their pictures. */
    static final Duration AROUND = Duration.ofSeconds(2);

    /** {@return how long it will take} Not a switch point. */
    public Duration estimate() {
        return groups.stream().map(Group::cost).reduce(AROUND, Duration::plus);
    }

    /** {@return how many workers it will start} Not a switch point. */
    public int workers() {
        return groups.stream()
                .flatMapToInt(group -> group.cells().stream()
                        .filter(cell -> cell.inapplicable().isEmpty())
                        .mapToInt(cell -> cell.forks(group.forks())))
                .sum();
    }
}
