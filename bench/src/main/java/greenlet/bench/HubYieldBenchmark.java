package greenlet.bench;

import greenlet.hub.Hub;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a hub add to a yield? The floor is the least that can schedule virtual threads: one thread that takes tasks from an {@link
 * ArrayDeque} and runs them, without timers, input, other threads' wishes or fairness.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.QUIET})
public class HubYieldBenchmark {
    private @Nullable Hub hub;

    /** Opens the hub. */
    @Setup
    public void open() {
        hub = Hub.start();
    }

    /** Closes it. */
    @TearDown
    public void close() {
        if (hub != null) {
            hub.close();
        }
    }

    /** Yields of virtual threads on the least of schedulers. */
    @Benchmark
    @OperationsPerInvocation(Yielders.ALL_YIELDS)
    public void floor() {
        Queue<Runnable> ready = new ArrayDeque<>();
        for (int i = 0; i < Yielders.THREADS; i++) {
            BareScheduler.unstarted(ready::add, Yielders::yieldOften).start();
        }
        for (Runnable next = ready.poll(); next != null; next = ready.poll()) {
            next.run();
        }
    }

    /**
     * Yields of green threads.
     *
     * @throws InterruptedException never
     * @throws ExecutionException never
     */
    @Benchmark
    @OperationsPerInvocation(Yielders.ALL_YIELDS)
    public void hub() throws InterruptedException, ExecutionException {
        Yielders.run(hub);
    }
}
