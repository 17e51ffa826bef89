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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an explicit switch cost above its floor? {@code there} is a switch to a greenlet and one back: one run and
 * one yield. {@code ring} goes round two greenlets and the main one: two runs and two yields, one of each per operation.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET})
public class SwitchBenchmark {
    /** Frames between a greenlet's entry and its switch. */
    @Param({"1", "1000"})
    public int frames = 1;

    private @Nullable RawLoop floor;
    private @Nullable RawLoop otherFloor;
    private @Nullable Greenlet pong;
    private @Nullable Greenlet ring;

    /** Makes the greenlets and the bare continuations, on the thread that will switch them. */
    @Setup
    public void suspend() {
        floor = new RawLoop(frames);
        otherFloor = new RawLoop(frames);
        Greenlet main = Greenlet.current();
        pong = Greenlet.of("pong", first -> descend(frames, main, first));
        Greenlet second = Greenlet.of("second", first -> descend(frames, main, first));
        ring = Greenlet.of("first", first -> descend(frames, second, first));
    }

    private static int descend(int frames, Greenlet next, @Nullable Object first) {
        if (frames > 0) {
            return descend(frames - 1, next, first) + 1;
        }
        Object value = first;
        while (value != null) {
            value = next.switchTo(value);
        }
        return 0;
    }

    /** One bare run and yield. */
    @Benchmark
    public Object thereFloor() {
        return made(floor).bounce("value");
    }

    /** A switch there and back: one run and one yield. */
    @Benchmark
    public @Nullable Object there() {
        return made(pong).switchTo("value");
    }

    /** Two bare runs and yields. */
    @Benchmark
    @OperationsPerInvocation(2)
    public Object ringFloor() {
        return made(otherFloor).bounce(made(floor).bounce("value"));
    }

    /** Main to first to second to main: two runs and two yields. */
    @Benchmark
    @OperationsPerInvocation(2)
    public @Nullable Object ring() {
        return made(ring).switchTo("value");
    }

    private static <T> T made(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("setup has not run");
        }
        return made;
    }
}
