package greenlet.lab.fork;

import greenlet.lab.measure.JvmFlags;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.process.JvmCommand;
import java.util.List;

/** The flags of the workers of a plan, for its report. */
public final class WorkerFlags {
    private WorkerFlags() {}

    /**
     * What the JVMs of a plan's workers are started with. Not a switch point.
     *
     * @param plan which plan
     * @return an entry for each scenario and size that a JVM measures
     */
    public static List<JvmFlags> of(Plan plan) {
        return plan.groups().stream()
                .filter(WorkerFlags::startsJvms)
                .map(group -> new JvmFlags(
                        group.scenario().name(),
                        group.size().parameters(),
                        JvmCommand.flags(WorkerCommand.ownFlags(group.scenario(), group.size()))))
                .toList();
    }

    private static boolean startsJvms(Group group) {
        return group.cells().stream()
                .anyMatch(cell -> cell.inapplicable().isEmpty() && !(cell.mechanism() instanceof ForeignMechanism));
    }
}
