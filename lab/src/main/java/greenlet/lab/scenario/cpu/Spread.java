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

/** What the scenarios of this package have in common: a kernel, spread over one worker up to one a core. Immutable. */
abstract sealed class Spread implements Scenario permits Science, Video {
    private final KernelSource kernel;
    private final int itemsPerUnit;
    private final Metric rate;

    Spread(KernelSource kernel, int itemsPerUnit, String rate) {
        this.kernel = kernel;
        this.itemsPerUnit = itemsPerUnit;
        this.rate = Metric.higher("throughput", "1/s", rate);
    }

    /** Flags for the JVMs of a pool of processes. */
    abstract List<String> processFlags();

    @Override
    public List<Size> sizes(Budget budget) {
        return WorkerCounts.ofThisMachine();
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(rate);
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
        return Throughput.cost(kernel, mechanism);
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        new Throughput(kernel, rate.name(), itemsPerUnit, processFlags())
                .measure(mechanism, size.get(WorkerCounts.WORKERS), samples);
    }
}
