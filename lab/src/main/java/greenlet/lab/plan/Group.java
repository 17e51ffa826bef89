package greenlet.lab.plan;

import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.List;

/**
 * One scenario at one size on all mechanisms: measured together, their workers interleaved, or left out together.
 *
 * <p>Immutable.
 *
 * @param scenario what is measured
 * @param size at which size
 * @param rank place of the size in the scenario's list: 0 is the most telling one, which is never left out
 * @param forks how many workers measure each cell, if they are JVMs; see {@link Cell#forks}
 * @param cells one per mechanism
 */
public record Group(Scenario scenario, Size size, int rank, int forks, List<Cell> cells) {
    /** Copies the cells. */
    public Group {
        cells = List.copyOf(cells);
    }

    /** {@return how long it takes in all} Not a switch point. */
    public Duration cost() {
        return cells.stream()
                .map(cell -> cell.cost().multipliedBy(cell.forks(forks)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** {@return the cells of this program's own mechanisms} Not a switch point. */
    Group own() {
        return with(cells.stream().filter(cell -> !isForeign(cell)).toList());
    }

    /** {@return the cells of other platforms, such as Python} Not a switch point. */
    Group foreign() {
        return with(cells.stream().filter(Group::isForeign).toList());
    }

    private Group with(List<Cell> some) {
        return new Group(scenario, size, rank, forks, some);
    }

    private static boolean isForeign(Cell cell) {
        return cell.mechanism() instanceof ForeignMechanism;
    }
}
