package greenlet.lab.report.annotated;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A whole comparison that nobody measured: every scenario, every mechanism, figures of a plausible size, the same in each run of a test. */
public final class PlantedComparison {
    public static final Instant FIRST = Instant.parse("2026-11-01T07:00:00Z");
    public static final Instant LAST = Instant.parse("2026-11-23T08:05:00Z");

    private static final List<String> JVM = List.of("greenlets", "virtual-threads", "platform-threads", "processes");
    private static final List<String> PYTHON =
            List.of("python-greenlets", "gevent", "python-threads", "python-processes");

    private final List<Run> runs = new ArrayList<>();
    private final SplittableRandom noise = new SplittableRandom(1);

    private PlantedComparison() {}

    public static Report full(Budget budget) {
        PlantedComparison planted = new PlantedComparison();
        planted.jvm();
        planted.python();
        return planted.report(budget, false);
    }

    public static Report jvmOnly(Budget budget, boolean partial) {
        PlantedComparison planted = new PlantedComparison();
        planted.jvm();
        return planted.report(budget, partial);
    }

    /** Nothing measured at all, as after an interrupt in the first second. */
    public static Report empty() {
        return new PlantedComparison().report(Budget.DEFAULT, true);
    }

    /** A report in which every text that can be hostile is. */
    public static Report hostile(String text) {
        PlantedComparison planted = new PlantedComparison();
        planted.add("create", "time", "ns", JVM, "tasks=100", 450, 500, 60_000, 1.2e6);
        planted.runs.add(Run.measured(text, text, text, text, sizes(text + "=" + text), List.of(1.0, 2.0, 3.0))
                .remarked(text));
        planted.runs.add(Run.without("create", "processes", "time", "ns", sizes("tasks=1"), Status.FAILED, text));
        Machine machine =
                new Machine(text, text, text, text, 2, 1L << 30, text, text, text, new TreeMap<>(Map.of(text, text)));
        return new Report(Report.SCHEMA, FIRST, LAST, Budget.DEFAULT, false, machine, planted.runs);
    }

    private Report report(Budget budget, boolean partial) {
        SortedMap<String, String> facts = new TreeMap<>(Map.of("python", "3.11.7, greenlet 3.5.3, gevent 26.5.0"));
        Machine machine = new Machine(
                "Debian GNU/Linux 12",
                "6.1.0",
                "amd64",
                "Planted CPU 9000",
                2,
                8L << 30,
                "Temurin 25.0.3",
                "OpenJDK 64-Bit Server VM",
                "0.1.0",
                facts);
        return new Report(Report.SCHEMA, FIRST, LAST, budget, partial, machine, runs);
    }

    private void jvm() {
        add("create", "time", "ns", JVM, "tasks=100", 450, 520, 61_000, 1.2e6);
        add("create", "time", "ns", JVM, "tasks=1", 900, 1_100, 55_000, 1.3e6);
        add("switch", "round-trip", "ns", JVM, "", 235, 980, 9_800, 21_000);
        add("switch", "os-switches", "1", JVM, "", 0, 0.02, 1.9, 2.1);
        add("switch", "cpu", "ns", JVM, "", 120, 500, 5_200, 11_000);
        for (int depth : new int[] {10, 100, 1}) {
            add("memory", "heap", "bytes", JVM, "depth=" + depth, 900 + 40 * depth, 950 + 40 * depth, 400, 300);
            add(
                    "memory",
                    "resident",
                    "bytes",
                    JVM,
                    "depth=" + depth,
                    1_100 + 42 * depth,
                    1_150 + 42 * depth,
                    23_000 + 60 * depth,
                    9e6);
            add(
                    "memory",
                    "reserved",
                    "bytes",
                    JVM,
                    "depth=" + depth,
                    1_200 + 42 * depth,
                    1_250 + 42 * depth,
                    1.06e6,
                    2.3e7);
        }
        add("requests", "wall", "ns", JVM, "concurrent=100", 2.6e7, 2.5e7, 3.1e7, 9e7);
        add("requests", "wall", "ns", JVM, "concurrent=1000", 7.2e7, 6.5e7, 1.6e8, 4e8);
        add("requests", "cpu", "ns", JVM, "concurrent=100", 45_000, 47_000, 91_000, 300_000);
        add("requests", "cpu", "ns", JVM, "concurrent=1000", 38_000, 41_000, 102_000, 350_000);
        for (int connections : new int[] {10, 100, 1000}) {
            add("server", "cpu", "ns", JVM, "connections=" + connections, 21_000, 22_000, 33_000, 60_000);
            add(
                    "server",
                    "memory",
                    "bytes",
                    JVM,
                    "connections=" + connections,
                    9e3 * connections,
                    9.1e3 * connections,
                    6e4 * connections,
                    4e6 * connections);
            add("server", "p99", "ns", JVM, "connections=" + connections, 900_000, 950_000, 1.1e6, 2e6);
        }
        sharing();
        add("timeshare", "stall", "ns", JVM, "cores=1", 2.1e8, 2.2e8, 6e6, 5e6);
        add("timeshare", "stall", "ns", JVM, "cores=2", 2.0e8, 1.2e6, 1e6, 1e6);
        cpu("video", 38);
        cpu("science", 5.2);
        add("control", "repeated", "1", JVM.subList(0, 3), "", 1, 0.2, 0.05);
    }

    private void sharing() {
        add("sharing", "lost-updates", "1", JVM.subList(0, 3), "", 0, 41_000, 380_000);
        add("sharing", "lost-updates-blocking", "1", JVM.subList(0, 3), "", 1_900, 1_950, 1_900);
        add("sharing", "lock-overhead", "1", JVM.subList(0, 3), "", 3.1, 9.5, 14);
        runs.add(Run.without(
                "sharing",
                "processes",
                "lost-updates",
                "1",
                sizes(""),
                Status.NOT_APPLICABLE,
                "processes share no memory, so there is nothing to lose"));
    }

    private void cpu(String scenario, double rate) {
        add(scenario, "throughput", "1/s", JVM, "workers=1", rate, rate, rate, rate * 0.95);
        add(scenario, "throughput", "1/s", JVM, "workers=2", rate * 1.01, rate * 1.9, rate * 1.92, rate * 1.8);
    }

    private void python() {
        add("create", "time", "ns", PYTHON, "tasks=100", 1_100, 5_600, 49_000, 9e6);
        add("switch", "round-trip", "ns", PYTHON, "", 420, 2_900, 14_000, 40_000);
        add("memory", "resident", "bytes", PYTHON, "depth=10", 3_800, 6_000, 19_000, 7e6);
        add("requests", "wall", "ns", PYTHON.subList(1, 3), "concurrent=100", 6e7, 7.1e7);
        add("requests", "cpu", "ns", PYTHON.subList(1, 3), "concurrent=100", 310_000, 420_000);
        add("science", "throughput", "1/s", PYTHON.subList(1, 3), "workers=1", 3.1, 3.1);
        add("science", "throughput", "1/s", PYTHON.subList(1, 3), "workers=2", 3.1, 3.0);
        add("sharing", "lost-updates", "1", PYTHON.subList(1, 3), "", 0, 0);
    }

    /** Nine samples around each median, most of them within 4 %. */
    private void add(
            String scenario, String metric, String unit, List<String> mechanisms, String size, double... medians) {
        for (int i = 0; i < medians.length; i++) {
            double median = medians[i];
            // A share of runs that is all or nothing has no noise.
            double spread = scenario.equals("control") ? 0 : 0.04;
            List<Double> samples = Stream.generate(() -> median * (1 + spread * noise.nextDouble(-1, 1)))
                    .limit(9)
                    .toList();
            runs.add(Run.measured(scenario, mechanisms.get(i), metric, unit, sizes(size), samples));
        }
    }

    private static SortedMap<String, String> sizes(String pairs) {
        SortedMap<String, String> sizes = new TreeMap<>();
        Arrays.stream(pairs.split(","))
                .filter(pair -> pair.contains("="))
                .forEach(
                        pair -> sizes.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        return sizes;
    }
}
