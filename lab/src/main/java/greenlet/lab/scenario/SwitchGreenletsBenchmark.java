package greenlet.lab.scenario;

import greenlet.Greenlet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two explicit greenlets that switch to each other. Public because JMH makes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class SwitchGreenletsBenchmark {
    private @Nullable Greenlet partner;

    /** Called by JMH, on the benchmark's thread. */
    @Setup
    public void open() {
        Greenlet us = Greenlet.current();
        partner = Greenlet.of("partner", first -> {
            Object heard = first;
            while (heard != null) {
                heard = us.switchTo(heard);
            }
            return null;
        });
    }

    /**
     * Over and back, a value each way.
     *
     * @return what came back
     */
    @Benchmark
    public @Nullable Object roundTrip() {
        return Objects.requireNonNull(partner).switchTo(this);
    }

    /** Called by JMH. */
    @TearDown(Level.Iteration)
    public void count() {
        OsCost.onIterationEnd();
    }

    /** Called by JMH. */
    @TearDown
    public void close() {
        Objects.requireNonNull(partner).switchTo(null);
    }
}
