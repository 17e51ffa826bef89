package greenlet.lab.scenario;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A JMH profiler: CPU time and context switches of the operating system, per operation, of this process and of its children.
 *
 * <p>What an ended thread or child has spent is no longer told, and the last iteration's tear-down ends the partner before a profiler is
 * called. So the benchmark calls {@link #onIterationEnd} from its own tear-down, while the partner lives.
 */
public final class OsCost implements InternalProfiler {
    static final String CPU = "cpu";
    static final String SWITCHES = "os-switches";

    private static final AtomicReference<@Nullable OsCounters> AT_END = new AtomicReference<>();

    private OsCounters before = OsCounters.now();

    /** Called by a benchmark when an iteration ends. */
    static void onIterationEnd() {
        AT_END.set(OsCounters.now());
    }

    @Override
    public String getDescription() {
        return "CPU time and context switches of the operating system";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        AT_END.set(null);
        before = OsCounters.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        OsCounters atEnd = AT_END.get();
        OsCounters spent = (atEnd == null ? OsCounters.now() : atEnd).since(before);
        double operations = result.getMetadata().getAllOps();
        return List.of(
                new ScalarResult(CPU, spent.cpuNanos() / operations, "ns/op", AggregationPolicy.AVG),
                new ScalarResult(SWITCHES, spent.switches() / operations, "1/op", AggregationPolicy.AVG));
    }

    /** A figure of this profiler out of an iteration. */
    static double of(IterationResult iteration, String name) {
        Result<?> result = iteration.getSecondaryResults().get(name);
        if (result == null) {
            throw new IllegalStateException("Cannot find '" + name + "' among "
                    + iteration.getSecondaryResults().keySet()
                    + ": the profiler did not run. This is a bug in the lab; please report it.");
        }
        return result.getScore();
    }
}
