package greenlet.lab.scenario;

import greenlet.lab.scenario.control.Control;
import greenlet.lab.scenario.cpu.Science;
import greenlet.lab.scenario.cpu.Video;
import greenlet.lab.scenario.server.Server;
import greenlet.lab.scenario.sharing.Sharing;
import greenlet.lab.scenario.timeshare.TimeShare;
import java.util.List;
import java.util.Optional;

/**
 * The scenarios that {@code compare} knows, in the order of its tables: a new one is a line here.
 *
 * <p>Immutable.
 */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Create(),
            new Switch(),
            new Memory(),
            new Requests(),
            new Sharing(),
            new TimeShare(),
            new Server(),
            new Video(),
            new Science(),
            new Control());

    private Scenarios() {}

    /** {@return every scenario} Not a switch point. */
    public static List<Scenario> all() {
        return ALL;
    }

    /**
     * Finds a scenario. Not a switch point.
     *
     * @param name its name
     * @return the scenario, or nothing if none has that name
     */
    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /**
     * Finds a metric of a scenario, whatever the size. Not a switch point.
     *
     * @param scenario name of the scenario
     * @param metric name of the metric
     * @return the metric, or nothing if this version has none of that name
     */
    public static Optional<Metric> metric(String scenario, String metric) {
        return named(scenario).stream()
                .flatMap(found -> found.sizes(greenlet.lab.measure.Budget.THOROUGH).stream()
                        .flatMap(size -> found.metrics(size).stream()))
                .filter(found -> found.name().equals(metric))
                .findFirst();
    }
}
