package greenlet.lab.scenario;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What the operating system has spent so far on this process and its living children.
 *
 * @param cpuNanos CPU time
 * @param switches context switches, voluntary and not; 0 where there is no {@code /proc}
 */
record OsCounters(long cpuNanos, long switches) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Whether this system counts context switches where we look. */
    static boolean hasSwitches() {
        return Files.isReadable(Path.of("/proc/self/status"));
    }

    static OsCounters now() {
        long cpu = SYSTEM.getProcessCpuTime();
        long switches = switchesOf("self");
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            for (ProcessHandle child : children.toList()) {
                cpu += child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
                switches += switchesOf(Long.toString(child.pid()));
            }
        }
        return new OsCounters(cpu, switches);
    }

    OsCounters since(OsCounters before) {
        return new OsCounters(cpuNanos - before.cpuNanos, switches - before.switches);
    }

    private static long switchesOf(String process) {
        Path tasks = Path.of("/proc", process, "task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        long sum = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path task : all) {
                sum += switchesOf(task);
            }
        } catch (IOException gone) {
            return sum;
        }
        return sum;
    }

    private static long switchesOf(Path task) {
        try (Stream<String> lines = Files.lines(task.resolve("status"))) {
            return lines.filter(line -> line.contains("voluntary_ctxt_switches:"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                    .sum();
        } catch (IOException | java.io.UncheckedIOException ended) {
            // The thread ended between the listing and the look: what it spent is no longer told.
            return 0;
        }
    }
}
