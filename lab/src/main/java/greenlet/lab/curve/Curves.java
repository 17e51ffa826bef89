package greenlet.lab.curve;

import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenarios;
import greenlet.lab.scenario.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The curves that the command knows: a new one is a line here.
 *
 * <p>Immutable.
 */
public final class Curves {
    private static final List<Curve> ALL = List.of(new ConnectionsCurve(), new CpuShareCurve());

    private Curves() {}

    /** {@return every curve} Not a switch point. */
    public static List<Curve> all() {
        return ALL;
    }

    /**
     * Finds a curve. Not a switch point.
     *
     * @param name its name
     * @return the curve, or nothing if none has that name
     */
    public static Optional<Curve> named(String name) {
        return ALL.stream().filter(curve -> curve.name().equals(name)).findFirst();
    }

    /**
     * Runs in an order that reads well: those of a curve, which were measured in the order of what tells most, along its axis. Not a switch
     * point.
     *
     * @param runs of a report
     * @return the same runs
     */
    public static List<Run> alongTheAxis(List<Run> runs) {
        return runs.stream()
                .sorted(Comparator.comparingInt((Run run) -> place(run, runs)).thenComparingInt(Curves::point))
                .toList();
    }

    /** Where the scenario begins. */
    private static int place(Run run, List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i).scenario().equals(run.scenario())) {
                return i;
            }
        }
        return runs.size();
    }

    private static int point(Run run) {
        return named(run.scenario())
                .map(curve -> run.parameters().get(curve.parameter()))
                .map(Integer::parseInt)
                .orElse(0);
    }

    /**
     * Finds a metric of a scenario or a curve. Not a switch point.
     *
     * @param scenario name of the scenario or curve
     * @param metric name of the metric
     * @return the metric, or nothing if this version has none of that name
     */
    public static Optional<Metric> metric(String scenario, String metric) {
        return named(scenario)
                .flatMap(curve -> curve.metrics(Size.ONLY).stream()
                        .filter(found -> found.name().equals(metric))
                        .findFirst())
                .or(() -> Scenarios.metric(scenario, metric));
    }
}
