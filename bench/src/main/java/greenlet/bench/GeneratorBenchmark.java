package greenlet.bench;

import greenlet.Generator;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an element cost? The same numbers, from an iterator written by hand, from a generator and from a Kotlin
 * sequence; yielded from a number of calls below the body, or passed on by a number of generators.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {Flags.OPEN, Flags.FLOOR, Flags.QUIET})
public class GeneratorBenchmark {
    /** Calls below the body, or links of the chain. */
    @Param({"1", "10", "100"})
    public int depth = 1;

    private Iterator<Integer> byHand = new Numbers();
    private Iterator<Integer> calls = byHand;
    private Iterator<Integer> links = byHand;
    private Iterator<Integer> kotlinCalls = byHand;
    private Iterator<Integer> kotlinLinks = byHand;
    private RawLoop floor = new RawLoop(0);

    /** Makes them all, on the thread that will take their elements. */
    @Setup
    public void start() {
        byHand = new Numbers();
        floor = new RawLoop(depth);
        calls = Generator.<Integer>of(out -> descend(depth, out)).iterator();
        links = chain(depth).iterator();
        kotlinCalls = KotlinPeers.numbersBelow(depth);
        kotlinLinks = KotlinPeers.numbersThrough(depth);
    }

    private static final class Numbers implements Iterator<Integer> {
        private int next;

        @Override
        public boolean hasNext() {
            return next >= 0;
        }

        @Override
        public Integer next() {
            return next++;
        }
    }

    private static int descend(int calls, Generator.Out<Integer> out) {
        if (calls > 1) {
            return descend(calls - 1, out) + 1;
        }
        for (int next = 0; ; next++) {
            out.yield(next);
        }
    }

    private static Generator<Integer> chain(int links) {
        return Generator.of(out -> {
            if (links > 1) {
                out.yieldAll(chain(links - 1));
            } else {
                descend(1, out);
            }
        });
    }

    /** A bare run and yield. */
    @Benchmark
    public Object floor() {
        return floor.bounce("value");
    }

    /** An iterator whose state was turned into fields by hand. */
    @Benchmark
    public Integer byHand() {
        return byHand.hasNext() ? byHand.next() : -1;
    }

    /** A generator that yields from {@code depth} calls below its body. */
    @Benchmark
    public Integer calls() {
        return calls.hasNext() ? calls.next() : -1;
    }

    /** The last of {@code depth} generators, each of which delegates to the next. */
    @Benchmark
    public Integer links() {
        return links.hasNext() ? links.next() : -1;
    }

    /** A sequence that yields from {@code depth} suspending calls below its block. */
    @Benchmark
    public Integer kotlinCalls() {
        return kotlinCalls.hasNext() ? kotlinCalls.next() : -1;
    }

    /** The last of {@code depth} sequences, each of which yields all of the next. */
    @Benchmark
    public Integer kotlinLinks() {
        return kotlinLinks.hasNext() ? kotlinLinks.next() : -1;
    }
}
