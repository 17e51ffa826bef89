package greenlet.bench;

import greenlet.Generator;
import greenlet.Greenlet;
import java.util.concurrent.TimeUnit;
import jdk.internal.vm.Continuation;
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

/** What does a greenlet's life cost: create, run, finish? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET})
public class LifeBenchmark {
    private static final int MANY = 1_000;

    private int ran;

    /** A bare continuation that runs to its end. */
    @Benchmark
    public Continuation lifeFloor() {
        Continuation continuation = RawLoop.oneShot(() -> ran++);
        continuation.run();
        return continuation;
    }

    /** A greenlet that runs to its end. It returns what it got, as the floor returns nothing: no boxed number. */
    @Benchmark
    public @Nullable Object life() {
        return Greenlet.of(this::count).switchTo();
    }

    private @Nullable Object count(@Nullable Object first) {
        ran++;
        return first;
    }

    /** A greenlet that is suspended once, resumed and runs to its end. */
    @Benchmark
    public @Nullable Object lifeSuspended() {
        Greenlet main = Greenlet.current();
        Greenlet g = Greenlet.of(first -> main.switchTo(first));
        g.switchTo();
        return g.switchTo();
    }

    /** A generator of one element: create, start, suspend, resume, end. */
    @Benchmark
    public @Nullable Integer lifeGenerator() {
        Integer last = null;
        for (Integer element : Generator.<Integer>of(out -> out.yield(ran++))) {
            last = element;
        }
        return last;
    }

    /** A Kotlin coroutine that runs to its end. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public int lifeKotlin() {
        KotlinPeers.live(MANY, () -> ran++);
        return ran;
    }

    /** A virtual thread that runs to its end. */
    @Benchmark
    public int lifeVirtual() throws InterruptedException {
        Thread.startVirtualThread(() -> ran++).join();
        return ran;
    }

    /** A platform thread that runs to its end. */
    @Benchmark
    public int lifePlatform() throws InterruptedException {
        Thread.ofPlatform().start(() -> ran++).join();
        return ran;
    }
}
