package greenlet.lab.scenario.control;

import greenlet.Greenlet;
import java.util.List;

/** Each task is a greenlet; the main one chooses and switches, the task switches back after a step. */
final class GreenletPerformer implements Performer {
    @Override
    public byte[] perform(Order order) {
        Program program = new Program();
        Greenlet main = Greenlet.current();
        List<Greenlet> greenlets = program.tasks().stream()
                .map(task -> Greenlet.of("task-" + task.number(), _ -> run(task, program.trace(), main)))
                .toList();
        return program.conduct(order, task -> greenlets.get(task.number()).switchTo());
    }

    private static Object run(Task task, Trace trace, Greenlet main) {
        task.step(trace);
        while (task.hasStepsLeft()) {
            main.switchTo();
            task.step(trace);
        }
        return task;
    }
}
