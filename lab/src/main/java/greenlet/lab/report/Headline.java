package greenlet.lab.report;

import greenlet.lab.measure.Run;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A figure that the overview shows, under a name short enough for a row. The others stand in the report.
 *
 * <p>Immutable.
 */
record Headline(String scenario, String metric, String label) {
    private static final List<Headline> ALL = List.of(
            new Headline("create", "time", "create a task"),
            new Headline("switch", "round-trip", "switch and back"),
            new Headline("switch", "os-switches", "OS switches"),
            new Headline("memory", "resident", "memory"),
            new Headline("memory", "count", "fit in"),
            new Headline("requests", "wall", "requests"),
            new Headline("requests", "cpu", "request CPU"),
            new Headline("sharing", "lost-updates", "lost updates"),
            new Headline("sharing", "lost-updates-blocking", "lost, log inside"),
            new Headline("sharing", "lock-overhead", "lock / no lock"),
            new Headline("timeshare", "stall", "stall"),
            new Headline("server", "p99", "server p99"),
            new Headline("server", "cpu", "server CPU"),
            new Headline("server", "throughput", "server rate"),
            new Headline("server", "memory", "server memory"),
            new Headline("video", "throughput", "video"),
            new Headline("science", "throughput", "science"),
            new Headline("control", "repeated", "same trace"),
            new Headline("connections", "throughput", "rate, connections"),
            new Headline("connections", "p99", "p99, connections"),
            new Headline("connections", "memory", "memory, connections"),
            new Headline("cpu-share", "throughput", "rate, computing"),
            new Headline("cpu-share", "p99", "p99, computing"),
            new Headline("cpu-share", "memory", "memory, computing"));

    /** How the sizes of rows are told: by what stands before and behind the number. */
    private static final Map<String, String> SIZES = Map.of(
            "tasks",
            ", %s",
            "depth",
            ", depth %s",
            "concurrent",
            ", %s",
            "cores",
            ", cores %s",
            "connections",
            ", %s",
            "workers",
            ", on %s",
            "cpuPercent",
            " %s %%");

    /** The headlines of these runs; of a scenario that has none its first metric. */
    static List<Headline> of(List<Run> runs) {
        List<Headline> known = ALL.stream()
                .filter(headline -> runs.stream().anyMatch(headline::covers))
                .toList();
        return runs.stream()
                .map(Run::scenario)
                .distinct()
                .flatMap(scenario -> known.stream().anyMatch(each -> each.scenario.equals(scenario))
                        ? known.stream().filter(each -> each.scenario.equals(scenario))
                        : runs.stream()
                                .filter(run -> run.scenario().equals(scenario))
                                .limit(1)
                                .map(run -> new Headline(scenario, run.metric(), scenario + " " + run.metric())))
                .toList();
    }

    boolean covers(Run run) {
        return run.scenario().equals(scenario) && run.metric().equals(metric);
    }

    /** The name of the row for a size. */
    String row(Map<String, String> size) {
        String within = size.get("withinBytes");
        if (within != null) {
            double bytes = Double.parseDouble(within);
            return label + " " + Quantity.of(bytes, "bytes").text(bytes);
        }
        return label
                + size.entrySet().stream()
                        .map(each -> SIZES.getOrDefault(each.getKey(), ", " + each.getKey() + " %s")
                                .formatted(each.getValue()))
                        .collect(Collectors.joining());
    }
}
