package greenlet.lab.cli;

import greenlet.lab.measure.Machine;
import greenlet.lab.measure.MachineFacts;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.scenario.Pace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must be the same when a comparison that was cut off goes on: figures of two machines, builds or plans make no report. */
final class Conditions {
    private Conditions() {}

    static SortedMap<String, String> of(Plan plan) {
        SortedMap<String, String> found = new TreeMap<>();
        Machine machine = MachineFacts.gather(new TreeMap<>());
        found.put("the processor", machine.cpuModel() + ", " + machine.cores() + " cores");
        found.put("the memory", machine.memoryBytes() + " bytes");
        found.put("the system", machine.os() + ", kernel " + machine.kernel());
        found.put("the mitigations", machine.facts().getOrDefault("mitigations", "not told"));
        found.put("the JDK", machine.jdk() + ", " + machine.vm());
        found.put("greenlet", machine.greenletVersion() + build());
        found.put("the budget", plan.budget().name());
        found.put("the pace", Double.toString(Pace.factor()));
        plan.groups().stream()
                .collect(Collectors.groupingBy(group -> group.scenario().name(), Collectors.toList()))
                .forEach((scenario, groups) -> found.put(
                        "the plan of " + scenario,
                        groups.stream().map(Conditions::words).collect(Collectors.joining("; "))));
        return found;
    }

    private static String words(Group group) {
        String mechanisms = group.cells().stream().map(Conditions::words).collect(Collectors.joining(", "));
        return Wording.size(group.size().parameters()) + " x" + group.forks() + " on " + mechanisms;
    }

    private static String words(Cell cell) {
        return cell.mechanism().name()
                + cell.inapplicable().map(reason -> " (" + reason + ")").orElse("");
    }

    /** When the jar was built: a version may be built many times. */
    private static String build() {
        Path first = Path.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1)[0]);
        try {
            return Files.isRegularFile(first) ? " of " + Files.getLastModifiedTime(first) : "";
        } catch (IOException untold) {
            return "";
        }
    }
}
