package greenlet.lab.fork;

import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.plan.Cell;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.util.ArrayList;
import java.util.List;

/** The command line of a cell's worker. */
final class WorkerCommand {
    private WorkerCommand() {}

    static List<String> of(Cell cell) {
        return switch (cell.mechanism()) {
            case ForeignMechanism foreign ->
                foreign.command(new ForeignMechanism.Work(
                        cell.scenario().name(),
                        cell.size().parameters(),
                        Pace.factor(),
                        cell.scenario().partner(cell.size())));
            case ThreadMechanism threads -> jvm(cell, threads);
            case Processes processes -> jvm(cell, processes);
        };
    }

    /** The same for every mechanism of this program. */
    static List<String> ownFlags(Scenario scenario, Size size) {
        List<String> flags = new ArrayList<>();
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-D" + Pace.PROPERTY + "=" + Pace.factor());
        flags.addAll(scenario.jvmFlags(size));
        return flags;
    }

    private static List<String> jvm(Cell cell, Mechanism mechanism) {
        List<String> arguments = new ArrayList<>();
        arguments.add(cell.scenario().getClass().getName());
        arguments.add(mechanism.getClass().getName());
        cell.size().parameters().forEach((name, value) -> arguments.add(name + "=" + value));
        return JvmCommand.of(ownFlags(cell.scenario(), cell.size()), Worker.class.getName(), arguments);
    }
}
