package greenlet.lab.scenario.timeshare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** One round on threads of a mechanism: a thread for each short task and one for the hog. */
final class ThreadRound {
    private ThreadRound() {}

    static Delays run(ThreadFactory threads, Timetable timetable) throws InterruptedException {
        long start = System.nanoTime();
        List<ShortTask> tasks = timetable.shortTasks(start);
        List<Thread> all = new ArrayList<>();
        tasks.forEach(task -> all.add(threads.newThread(task)));
        if (timetable.hasHog()) {
            all.add(threads.newThread(() -> hogLater(start, new Hog(timetable.hogNanos()))));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        return Delays.of(tasks);
    }

    private static void hogLater(long startNanos, Hog hog) {
        long wait = startNanos + Timetable.LEAD_NANOS - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = startNanos + Timetable.LEAD_NANOS - System.nanoTime();
        }
        hog.run();
    }
}
