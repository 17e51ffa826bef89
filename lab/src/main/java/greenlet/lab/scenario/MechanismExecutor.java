package greenlet.lab.scenario;

import greenlet.lab.mechanism.MechanismInstance;
import greenlet.lab.mechanism.ThreadMechanism;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What JMH runs its benchmark thread on: a thread of the mechanism that is measured. JMH makes it by reflection. */
public final class MechanismExecutor extends AbstractExecutorService {
    /** The system property that names the mechanism's class. */
    static final String MECHANISM = "greenlet.lab.mechanism";

    /** JMH makes the executor and the benchmark apart from each other: this is how the one finds the other. */
    private static final AtomicReference<@Nullable ThreadFactory> BENCHMARK_THREADS = new AtomicReference<>();

    private final ThreadMechanism.Running running;
    private final ExecutorService threads;

    /**
     * Called by JMH. Not a switch point.
     *
     * @param maxThreads how many threads the benchmark wants
     * @param prefix a prefix for their names
     */
    public MechanismExecutor(int maxThreads, String prefix) {
        running = ((ThreadMechanism) MechanismInstance.of(System.getProperty(MECHANISM))).open();
        BENCHMARK_THREADS.set(running.threads());
        threads = Executors.newFixedThreadPool(maxThreads, running.threads());
    }

    /** The factory that this worker's benchmark thread came from, for the threads that a benchmark makes itself. */
    static ThreadFactory benchmarkThreads() {
        return Objects.requireNonNull(BENCHMARK_THREADS.get(), "no benchmark runs");
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        boolean ended = threads.awaitTermination(timeout, unit);
        if (ended) {
            running.close();
        }
        return ended;
    }
}
