package greenlet.bench;

import greenlet.Greenlet;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to hand control to another task that waits for it? By greenlets, by Kotlin's coroutines, and by
 * threads of both kinds. Each invocation starts two tasks, lets them hand over 10,000 times and ends them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@OperationsPerInvocation(HandOverBenchmark.TIMES)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET})
public class HandOverBenchmark {
    static final int TIMES = 10_000;

    private static final String ONE_CARRIER = "-Djdk.virtualThreadScheduler.parallelism=1";
    private static final String NO_SECOND = "-Djdk.virtualThreadScheduler.maxPoolSize=1";

    /** Two greenlets switch to each other. */
    @Benchmark
    public @Nullable Object greenlets() {
        Greenlet main = Greenlet.current();
        Greenlet second = Greenlet.of("second", first -> pass((Greenlet) first, TIMES / 2));
        second.setParent(main);
        return Greenlet.of("first", _ -> pass(second, TIMES / 2)).switchTo();
    }

    private static @Nullable Object pass(@Nullable Greenlet partner, int times) {
        if (partner == null) {
            throw new IllegalStateException("nobody to switch to");
        }
        Greenlet self = Greenlet.current();
        for (int i = 0; i < times; i++) {
            partner.switchTo(self);
        }
        return null;
    }

    /** Two Kotlin coroutines yield on one thread. */
    @Benchmark
    public void kotlinYield() {
        KotlinPeers.yieldToEachOther(TIMES);
    }

    /** Elements through a Kotlin channel without a buffer. */
    @Benchmark
    public long kotlinChannel() {
        return KotlinPeers.handOver(TIMES);
    }

    /** Virtual threads by unpark and park, on the JDK's scheduler as it is. */
    @Benchmark
    public void virtualPark() throws InterruptedException {
        Relay.park(Thread.ofVirtual(), TIMES);
    }

    /** Virtual threads by unpark and park, all on one carrier. */
    @Benchmark
    @Fork(
            value = 2,
            jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET, ONE_CARRIER, NO_SECOND})
    public void virtualParkOneCarrier() throws InterruptedException {
        Relay.park(Thread.ofVirtual(), TIMES);
    }

    /** Elements through a synchronous queue, between virtual threads. */
    @Benchmark
    public void virtualQueue() throws InterruptedException {
        Relay.queue(Thread.ofVirtual(), TIMES);
    }

    /** Elements through a synchronous queue, between virtual threads that share one carrier. */
    @Benchmark
    @Fork(
            value = 2,
            jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET, ONE_CARRIER, NO_SECOND})
    public void virtualQueueOneCarrier() throws InterruptedException {
        Relay.queue(Thread.ofVirtual(), TIMES);
    }

    /** Platform threads by unpark and park. */
    @Benchmark
    public void platformPark() throws InterruptedException {
        Relay.park(Thread.ofPlatform(), TIMES);
    }

    /** Elements through a synchronous queue, between platform threads. */
    @Benchmark
    public void platformQueue() throws InterruptedException {
        Relay.queue(Thread.ofPlatform(), TIMES);
    }
}
