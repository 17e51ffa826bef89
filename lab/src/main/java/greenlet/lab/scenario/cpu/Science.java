package greenlet.lab.scenario.cpu;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * LU decompositions of dense matrices by EJML, with one worker up to one a core.
 *
 * <p>Immutable.
 */
public final class Science implements Scenario {
    private static final Metric RATE = Metric.higher("throughput", "1/s", "LU decompositions a second");

    @Override
    public String name() {
        return "science";
    }

    @Override
    public String about() {
        return "a numerical kernel (LU decomposition, EJML) spread over workers";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return WorkerCounts.ofThisMachine();
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(RATE);
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return WorkerCounts.notApplicable(mechanism, size);
    }

    @Override
    public int forks(Budget budget, Size size) {
        return WorkerCounts.forks(budget, size);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Throughput.cost(KernelSource.SCIENCE, mechanism);
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        new Throughput(KernelSource.SCIENCE, RATE.name(), 1, List.of("-XX:+UseSerialGC", "-Xmx64m"))
                .measure(mechanism, size.get(WorkerCounts.WORKERS), samples);
    }
}
