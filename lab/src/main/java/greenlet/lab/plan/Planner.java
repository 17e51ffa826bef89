package greenlet.lab.plan;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes a plan that fits a budget by dropping sizes, the least telling ones first, and if that is not enough columns of other platforms;
 * never by less warm-up or fewer repeats.
 *
 * <p>Immutable.
 */
public final class Planner {
    /** So much is kept back for estimates that are a little short: a tenth, but the errors of many workers even out in part. */
    private static final int RESERVE_SHARE = 10;

    private static final Duration MOST_RESERVE = Duration.ofSeconds(90);

    private Planner() {}

    /**
     * Makes a plan. Not a switch point.
     *
     * @param scenarios what to measure, in the order of the tables
     * @param mechanisms on what, in the order of the tables
     * @param budget how much time there is
     * @return the plan; longer than the budget only if one size of each scenario is
     */
    public static Plan plan(List<Scenario> scenarios, List<Mechanism> mechanisms, Budget budget) {
        List<Group> groups = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            List<Size> sizes = scenario.sizes(budget);
            int count = budget == Budget.QUICK ? 1 : sizes.size();
            for (int rank = 0; rank < count; rank++) {
                Group group = group(scenario, sizes.get(rank), rank, mechanisms, budget);
                if (!group.cells().isEmpty()) {
                    groups.add(group);
                }
            }
        }
        List<Group> dropped = fit(groups, budget.limit());
        groups.sort(Comparator.comparingInt(Group::rank));
        return new Plan(budget, groups, dropped);
    }

    private static Group group(Scenario scenario, Size size, int rank, List<Mechanism> mechanisms, Budget budget) {
        List<Cell> cells = mechanisms.stream()
                .filter(scenario::concerns)
                .map(mechanism -> new Cell(scenario, size, mechanism, inapplicable(scenario, size, mechanism)))
                .toList();
        return new Group(scenario, size, rank, scenario.forks(budget, size), cells);
    }

    private static Optional<String> inapplicable(Scenario scenario, Size size, Mechanism mechanism) {
        Optional<String> byMechanism = switch (mechanism) {
            case ForeignMechanism foreign -> foreign.notApplicable(scenario.name());
            case ThreadMechanism _, Processes _ -> Optional.empty();
        };
        return byMechanism.or(mechanism::missing).or(() -> scenario.notApplicable(mechanism, size));
    }

    /**
     * Takes out what is least missed until the rest fits: sizes, those of the highest rank first and the dearest of them; then, of what no
     * scenario can do without, the columns of other platforms, the dearest first.
     */
    private static List<Group> fit(List<Group> groups, Duration limit) {
        List<Group> dropped = new ArrayList<>();
        Duration share = limit.dividedBy(RESERVE_SHARE);
        Duration usable = limit.minus(share.compareTo(MOST_RESERVE) < 0 ? share : MOST_RESERVE);
        while (total(groups).compareTo(usable) > 0) {
            Optional<Group> size = groups.stream()
                    .filter(group -> group.rank() > 0)
                    .max(Comparator.comparingInt(Group::rank).thenComparing(Group::cost));
            Optional<Group> columns = groups.stream()
                    .filter(group -> !group.foreign().cost().isZero())
                    .max(Comparator.comparing(group -> group.foreign().cost()));
            if (size.isPresent()) {
                groups.remove(size.get());
                dropped.add(size.get());
            } else if (columns.isPresent()) {
                groups.set(groups.indexOf(columns.get()), columns.get().own());
                dropped.add(columns.get().foreign());
            } else {
                break;
            }
        }
        putBack(dropped, groups, usable);
        return dropped;
    }

    /** A dear size that had to go may have left room for a cheap one of a higher rank. */
    private static void putBack(List<Group> dropped, List<Group> groups, Duration usable) {
        for (Group group : List.copyOf(dropped)) {
            if (group.rank() > 0 && total(groups).plus(group.cost()).compareTo(usable) <= 0) {
                dropped.remove(group);
                groups.add(group);
            }
        }
    }

    private static Duration total(List<Group> groups) {
        return groups.stream().map(Group::cost).reduce(Plan.AROUND, Duration::plus);
    }
}
