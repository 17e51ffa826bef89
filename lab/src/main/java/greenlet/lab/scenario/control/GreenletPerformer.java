package greenlet.lab.scenario.control;

import greenlet.Greenlet;
import java.util.HashMap;
import java.util.Map;

/** Each task is a greenlet; the main one chooses and switches, the task switches back after a step. */
final class GreenletPerformer implements Performer {
    @Override
    public byte[] perform(Order order) {
        Program program = new Program();
        Greenlet main = Greenlet.current();
        Map<Task, Greenlet> greenlets = new HashMap<>();
        for (Task task : program.tasks()) {
            greenlets.put(task, Greenlet.of("task-" + task.number(), _ -> run(task, program.trace(), main)));
        }
        return program.conduct(order, task -> greenlets.get(task).switchTo());
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
