package greenlet.bench;

import greenlet.hub.Hub;
import greenlet.hub.HubBuilder;
import greenlet.hub.Watch;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does being watched cost a yield? A hub with the watchdog, against one without it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.QUIET})
public class WatchBenchmark {
    /** The watchdog's limit in milliseconds; 0 for no watchdog. */
    @Param({"0", "100"})
    private int limit;

    private @Nullable Hub hub;

    /** Opens the hub. */
    @Setup
    public void open() {
        HubBuilder builder = Hub.builder();
        if (limit > 0) {
            builder.watch(Watch.standard().limit(Duration.ofMillis(limit)));
        }
        hub = builder.start();
    }

    /** Closes it. */
    @TearDown
    public void close() {
        if (hub != null) {
            hub.close();
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
    public void yields() throws InterruptedException, ExecutionException {
        Yielders.run(hub);
    }
}
