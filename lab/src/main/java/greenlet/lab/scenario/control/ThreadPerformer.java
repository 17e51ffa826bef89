package greenlet.lab.scenario.control;

import greenlet.lab.scenario.Crew;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

/**
 * Each task is a thread that gives way after each step. For an order it uses what threads have: the order in which they start, their
 * priorities, {@link Thread#yield}. (With a lock per step any order can be forced on threads; that is a scheduler of one's own, on top of
 * theirs.)
 */
final class ThreadPerformer implements Performer {
    private final ThreadFactory threads;

    ThreadPerformer(ThreadFactory threads) {
        this.threads = threads;
    }

    @Override
    public byte[] perform(Order order) throws Exception {
        Program program = new Program();
        List<Task> tasks = new ArrayList<>(program.tasks());
        if (order == Order.SEEDED) {
            Collections.shuffle(tasks, new Random(Order.SEED));
        }
        Crew.run(threads, tasks.size(), number -> run(tasks.get(number), program.trace(), order));
        return program.trace().bytes();
    }

    @SuppressWarnings("ThreadPriorityCheck") // How far threads can be relied on for an order is what is measured.
    private static void run(Task task, Trace trace, Order order) {
        while (task.hasStepsLeft()) {
            if (order == Order.PRIORITY) {
                Thread.currentThread().setPriority(task.priority());
            }
            task.step(trace);
            Thread.yield();
        }
    }
}
