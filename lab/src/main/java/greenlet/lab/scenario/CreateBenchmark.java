package greenlet.lab.scenario;

import java.util.concurrent.ThreadFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Creates a number of threads, runs each through a task that only counts, and awaits the end of all. Public because JMH makes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class CreateBenchmark {
    /** How many threads at once. */
    @Param("100")
    public int tasks;

    private ThreadFactory factory = Thread.ofPlatform().factory();
    private Thread[] threads = new Thread[0];
    private Count[] counts = new Count[0];

    /** A task that leaves a trace, so that it cannot be optimised away. */
    private static final class Count implements Runnable {
        private int runs;

        @Override
        public void run() {
            runs++;
        }
    }

    /** Called by JMH. */
    @Setup
    public void open() {
        factory = MechanismExecutor.benchmarkThreads();
        threads = new Thread[tasks];
        counts = new Count[tasks];
        for (int i = 0; i < tasks; i++) {
            counts[i] = new Count();
        }
    }

    /**
     * One operation makes {@link #tasks} threads.
     *
     * @return how often the first task has run
     * @throws InterruptedException if JMH gives up
     */
    @Benchmark
    public int createRunAndEnd() throws InterruptedException {
        for (int i = 0; i < threads.length; i++) {
            threads[i] = factory.newThread(counts[i]);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return counts[0].runs;
    }
}
