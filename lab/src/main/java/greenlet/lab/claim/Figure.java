package greenlet.lab.claim;

import greenlet.lab.measure.Run;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names one column of a report: a scenario, a metric in it, and the sizes that count. Immutable.
 *
 * @param scenario as in the report
 * @param name of the metric, as in the report
 * @param label what people read, with an article where one is needed
 * @param where parameters that a run must have to count; the others may have any value
 */
public record Figure(String scenario, String name, String label, Map<String, String> where) {
    /** Copies the parameters. */
    public Figure {
        where = Collections.unmodifiableMap(new TreeMap<>(where));
    }

    Figure(String scenario, String name, String label) {
        this(scenario, name, label, Map.of());
    }

    /**
     * The same metric at fewer sizes.
     *
     * @param parameter that must have the value
     * @param value that it must have
     * @return a new metric
     */
    public Figure where(String parameter, String value) {
        Map<String, String> all = new TreeMap<>(where);
        all.put(parameter, value);
        return new Figure(scenario, name, label, all);
    }

    /**
     * Whether a run is one of this metric, whatever its mechanism.
     *
     * @param run of a report
     * @return true if scenario, metric and the parameters that count agree
     */
    public boolean covers(Run run) {
        return run.scenario().equals(scenario)
                && run.metric().equals(name)
                && where.entrySet().stream()
                        .allMatch(
                                each -> each.getValue().equals(run.parameters().get(each.getKey())));
    }
}
