package greenlet.lab.scenario;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import java.time.Duration;
import java.util.List;

/**
 * Time to hand control over and back between two tasks, and what the operating system spends on it. Greenlets are explicit ones here;
 * threads park and unpark each other; processes write a byte to each other's pipe.
 *
 * <p>Immutable.
 */
public final class Switch implements Scenario {
    private static final Metric ROUND_TRIP = Metric.lower("round-trip", "ns", "to hand control over and back");
    private static final Metric SWITCHES =
            Metric.lower("os-switches", "1", "context switches of the operating system per hand-over");
    private static final Metric CPU = Metric.lower("cpu", "ns", "CPU time per hand-over");
    private static final int HAND_OVERS = 2;

    @Override
    public String name() {
        return "switch";
    }

    @Override
    public String about() {
        return "hand control over to another task and back";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return List.of(Size.ONLY);
    }

    @Override
    public List<Metric> metrics(Size size) {
        return OsCounters.hasSwitches() ? List.of(ROUND_TRIP, SWITCHES, CPU) : List.of(ROUND_TRIP, CPU);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Jmh.COST;
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        Jmh.run(benchmark(mechanism), mechanism, size, iteration -> {
            samples.add(ROUND_TRIP.name(), iteration.getPrimaryResult().getScore());
            samples.add(CPU.name(), OsCost.of(iteration, OsCost.CPU) / HAND_OVERS);
            if (OsCounters.hasSwitches()) {
                samples.add(SWITCHES.name(), OsCost.of(iteration, OsCost.SWITCHES) / HAND_OVERS);
            }
        });
    }

    private static Class<?> benchmark(Mechanism mechanism) {
        if (mechanism instanceof Processes) {
            return SwitchProcessesBenchmark.class;
        }
        return mechanism instanceof Greenlets ? SwitchGreenletsBenchmark.class : SwitchThreadsBenchmark.class;
    }
}
