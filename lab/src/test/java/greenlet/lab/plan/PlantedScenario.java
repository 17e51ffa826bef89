package greenlet.lab.plan;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Some sizes, each worker of which costs the same; processes cannot do it, and nothing is ever run. */
public class PlantedScenario implements Scenario {
    private final String name;
    private final int sizeCount;
    private final Duration cost;

    /** Sizes n = 1, 2 and so on. */
    public PlantedScenario(String name, int sizeCount, Duration cost) {
        this.name = name;
        this.sizeCount = sizeCount;
        this.cost = cost;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return "planted";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return IntStream.rangeClosed(1, sizeCount)
                .mapToObj(i -> Size.of("n", i))
                .toList();
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(Metric.lower("time", "ns", "nothing"));
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return mechanism instanceof Processes ? Optional.of("not with processes") : Optional.empty();
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return cost;
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) {
        throw new UnsupportedOperationException("never run");
    }
}
