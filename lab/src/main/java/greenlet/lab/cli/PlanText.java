package greenlet.lab.cli;

import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** What the plan says before anything runs. */
final class PlanText {
    private PlanText() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        text.append("Comparing ")
                .append(names(plan.groups().stream()
                        .map(group -> group.scenario().name())
                        .toList()))
                .append("\non ")
                .append(names(plan.groups().stream()
                        .flatMap(group -> group.cells().stream())
                        .map(cell -> cell.mechanism().name())
                        .toList()))
                .append(".\nAbout ")
                .append(Wording.minutes(plan.estimate()))
                .append(" (at most ")
                .append(Wording.minutes(plan.budget().limit()))
                .append("), ")
                .append(plan.workers())
                .append(" workers, each a process of its own.");
        if (plan.budget().isIndicative()) {
            text.append("\nQuick: one size of each scenario, few repeats; the figures are indicative.");
        }
        if (plan.estimate().compareTo(plan.budget().limit()) > 0) {
            text.append("\n"
                    + "Longer than its budget even with one size of each scenario: choose with --scenario or"
                    + " --mechanism.");
        }
        for (Group group : plan.dropped()) {
            text.append("\nLeft out for time: ")
                    .append(Wording.scenario(group.cells().getFirst()));
            if (!isWhole(group, plan)) {
                text.append(" on ")
                        .append(names(group.cells().stream()
                                .map(cell -> cell.mechanism().name())
                                .toList()));
            }
            text.append('.');
        }
        return text.append("\n").toString();
    }

    /** Whether a group that was left out was left out on every mechanism. */
    private static boolean isWhole(Group dropped, Plan plan) {
        return plan.groups().stream()
                .noneMatch(group -> group.scenario().equals(dropped.scenario())
                        && group.size().equals(dropped.size()));
    }

    private static String names(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}
