package greenlet.lab.scenario.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The program: a few tasks of unequal length, and the rule by which one is chosen for each step.
 *
 * <p>Confined to the thread that made it.
 */
final class Program {
    private static final int TASKS = 6;
    private static final int SHORTEST = 8;

    private final List<Task> tasks = new ArrayList<>();
    private final Trace trace;

    Program() {
        for (int i = 0; i < TASKS; i++) {
            tasks.add(new Task(i, SHORTEST + i));
        }
        trace = new Trace(tasks.stream().mapToInt(Task::steps).sum());
    }

    List<Task> tasks() {
        return List.copyOf(tasks);
    }

    Trace trace() {
        return trace;
    }

    /** Takes every step in the order asked for; how control gets to the chosen task and back is the caller's. */
    byte[] conduct(Order order, Consumer<Task> oneStep) {
        Order.Chooser chooser = order.chooser();
        List<Task> ready = new ArrayList<>(tasks);
        while (!ready.isEmpty()) {
            Task chosen = chooser.choose(ready);
            oneStep.accept(chosen);
            ready.remove(chosen);
            if (chosen.hasStepsLeft()) {
                ready.add(chosen);
            }
        }
        return trace.bytes();
    }

    /** The trace that an order asks for. */
    static byte[] wanted(Order order) {
        Program program = new Program();
        return program.conduct(order, task -> task.step(program.trace));
    }
}
