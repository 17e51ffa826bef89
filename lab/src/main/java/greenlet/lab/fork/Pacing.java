package greenlet.lab.fork;

import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import java.time.Duration;

/**
 * Whether what is left of a plan fits what is left of its budget, on a machine that may be slower than the estimates: told by how long the
 * workers that have run took. It reads no clock.
 *
 * <p>Confined to one thread.
 */
final class Pacing {
    /** How much must have run until this machine is known to be slower than planned. */
    private static final Duration KNOWN = Duration.ofSeconds(5);

    /** The same where columns are at stake that nothing else replaces. */
    private static final Duration WELL_KNOWN = Duration.ofSeconds(20);

    private final Plan plan;
    private Duration planned = Duration.ZERO;
    /** Planned time of the workers that a journal knew already: done, and no sign of how fast this machine is. */
    private Duration known = Duration.ZERO;

    Pacing(Plan plan) {
        this.plan = plan;
    }

    /** A worker of this cell has ended. */
    void onWorker(Cell cell) {
        planned = planned.plus(cell.cost());
    }

    /** A worker of this cell had ended before this comparison went on. */
    void onKnown(Cell cell) {
        known = known.plus(cell.cost());
    }

    /** Whether a size that may be left out is still measured. */
    boolean fits(Group group, Duration elapsed) {
        double needed = elapsed.toMillis() + group.cost().toMillis() * Math.max(1, slowness(elapsed));
        return needed <= plan.budget().limit().toMillis();
    }

    /** Of the first sizes, which are never left out, only columns of other platforms can make room: whether this group's must. */
    boolean leavesOutForeign(int index, Duration elapsed) {
        Duration rest = plan.groups().stream()
                .skip(index)
                .filter(group -> group.rank() == 0)
                .map(Group::cost)
                .reduce(Duration.ZERO, Duration::plus);
        boolean late = elapsed.toMillis() + rest.toMillis() * slowness(elapsed)
                > plan.budget().limit().toMillis();
        return plan.groups().get(index).rank() == 0 && planned.compareTo(WELL_KNOWN) >= 0 && late;
    }

    /** How long the rest is going to take, at the pace so far. */
    Duration left(Duration elapsed) {
        Duration rest = plan.estimate().minus(planned).minus(known);
        return Duration.ofMillis((long) (Math.max(0, rest.toMillis()) * slowness(elapsed)));
    }

    /** How many times as long as estimated it has taken so far; at least a little is known before it counts. */
    private double slowness(Duration elapsed) {
        return planned.compareTo(KNOWN) < 0 ? 1 : elapsed.toMillis() / (double) planned.toMillis();
    }
}
