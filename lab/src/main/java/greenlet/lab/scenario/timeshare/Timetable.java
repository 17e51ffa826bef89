package greenlet.lab.scenario.timeshare;

import greenlet.lab.scenario.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When the short tasks are due and when the hog runs.
 *
 * @param hogNanos how long the hog computes; 0 for a round without it
 * @param tasks how many short tasks
 */
record Timetable(long hogNanos, int tasks) {
    /** From the start of the tasks to the hog's: until then they have settled. */
    static final long LEAD_NANOS = Duration.ofMillis(20).toNanos();

    private static final long PERIOD_NANOS = Duration.ofMillis(5).toNanos();
    private static final long TAIL_NANOS = Duration.ofMillis(30).toNanos();
    private static final long ALONE_NANOS = Duration.ofMillis(100).toNanos();

    static Timetable withHog(Duration hog, int tasks) {
        return new Timetable(Pace.of(hog).toNanos(), tasks);
    }

    static Timetable withoutHog(int tasks) {
        return new Timetable(0, tasks);
    }

    boolean hasHog() {
        return hogNanos > 0;
    }

    /** The short tasks of one round, their due times spread evenly over the period. */
    List<ShortTask> shortTasks(long startNanos) {
        long length = LEAD_NANOS + (hasHog() ? hogNanos : ALONE_NANOS) + TAIL_NANOS;
        int times = (int) (length / PERIOD_NANOS);
        List<ShortTask> all = new ArrayList<>();
        IntStream.range(0, tasks)
                .forEach(i -> all.add(new ShortTask(startNanos + PERIOD_NANOS * i / tasks, PERIOD_NANOS, times)));
        return all;
    }
}
