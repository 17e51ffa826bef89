package greenlet.lab.scenario.timeshare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One process of a pool: is the hog, or has short tasks, when told to. Public because its JVM starts it. */
public final class TimeShareProcess {
    private TimeShareProcess() {}

    /**
     * For each line {@code hog NANOS} on standard input computes so long and prints {@code done}; for each line {@code short NANOS TASKS}
     * runs short tasks beside a hog of that length and prints their delays. Ends when standard input does.
     *
     * @param arguments none
     * @throws IOException if standard input breaks
     * @throws InterruptedException never: nobody interrupts it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            long nanos = Long.parseLong(words[1]);
            if (words[0].equals("hog")) {
                new Hog(nanos).run();
                System.out.println("done");
            } else {
                System.out.println(shortTasks(new Timetable(nanos, Integer.parseInt(words[2])))
                        .toLine());
            }
        }
    }

    private static Delays shortTasks(Timetable timetable) throws InterruptedException {
        List<ShortTask> tasks = timetable.shortTasks(System.nanoTime());
        List<Thread> threads = new ArrayList<>();
        tasks.forEach(task -> threads.add(Thread.ofPlatform().start(task)));
        for (Thread thread : threads) {
            thread.join();
        }
        return Delays.of(tasks);
    }
}
