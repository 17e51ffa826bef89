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
 * Makes a plan that fits a budget by dropping sizes, the least telling ones first; never by less warm-up or fewer repeats.
 *
 * <p>Immutable.
 */
public final class Planner {
    /** Kept back for starting up, for the reports, and for estimates that are a little short. */
    private static final double USABLE = 0.9;

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
                groups.add(group(scenario, sizes.get(rank), rank, mechanisms, budget));
            }
        }
        List<Group> dropped = fit(groups, budget.limit());
        groups.sort(Comparator.comparingInt(Group::rank));
        return new Plan(budget, groups, dropped);
    }

    private static Group group(Scenario scenario, Size size, int rank, List<Mechanism> mechanisms, Budget budget) {
        List<Cell> cells = mechanisms.stream()
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

    /** Takes groups out until the rest fits: of those of the highest rank the most expensive one first. */
    private static List<Group> fit(List<Group> groups, Duration limit) {
        List<Group> dropped = new ArrayList<>();
        Duration usable = Duration.ofMillis((long) (limit.toMillis() * USABLE));
        while (total(groups).compareTo(usable) > 0) {
            Optional<Group> victim = groups.stream()
                    .filter(group -> group.rank() > 0)
                    .max(Comparator.comparingInt(Group::rank).thenComparing(Group::cost));
            if (victim.isEmpty()) {
                break;
            }
            groups.remove(victim.get());
            dropped.add(victim.get());
        }
        return dropped;
    }

    private static Duration total(List<Group> groups) {
        return groups.stream().map(Group::cost).reduce(Duration.ZERO, Duration::plus);
    }
}
