package greenlet.lab.report;

import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a report was measured on and when, as people read it. Immutable. */
public final class MachineLines {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Facts that have a name of their own; others are shown under the one that they have in the report. */
    private static final Map<String, String> NAMES = Map.of(
            "jdkAdvice", "About this JDK",
            "loadAtStart", "Load at start",
            "physicalCores", "Physical cores",
            "python", "Python",
            "pythonGevent", "Its gevent",
            "pythonGil", "Its interpreter lock",
            "pythonGreenlet", "Its greenlet");

    private MachineLines() {}

    /**
     * All that is known. Not a switch point.
     *
     * @param report whose machine
     * @return values by name, in the order to show them
     */
    public static Map<String, String> of(Report report) {
        Machine machine = report.machine();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Processor", machine.cpuModel() + ", " + machine.cores() + " cores, " + machine.arch());
        lines.put("Memory", Quantity.words((double) machine.memoryBytes(), "bytes"));
        lines.put("System", machine.os() + ", kernel " + machine.kernel());
        lines.put("JDK", machine.jdk() + ", " + machine.vm());
        lines.put("Greenlets", machine.greenletVersion());
        machine.facts().forEach((name, value) -> lines.put(NAMES.getOrDefault(name, name), value));
        lines.putAll(FlagLines.of(report.jvmFlags()));
        lines.put("Budget", report.budget().name().toLowerCase(Locale.ROOT));
        lines.put("Measured", minute(report.updatedAt()) + " UTC, " + since(report.createdAt(), report.updatedAt()));
        return lines;
    }

    /**
     * The minute of an instant, in UTC. Not a switch point.
     *
     * @param instant any
     * @return for instance {@code 2026-11-25 07:00}
     */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** A folder that is measured into again keeps the date of its first run: then the two are no duration. */
    private static String since(Instant first, Instant last) {
        Duration between = Duration.between(first, last);
        return between.compareTo(Duration.of(1, ChronoUnit.HOURS)) < 0
                ? "in " + between.toMinutes() + " min " + between.toSecondsPart() + " s"
                : "first on " + minute(first) + " UTC";
    }
}
