package greenlet.lab.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Linux tells below {@code /sys} and OSHI does not: mitigations, limits of the control group, the frequency governor. What a system
 * does not tell is absent.
 *
 * <p>Safe for use from any thread.
 */
final class KernelFacts {
    private static final String NOT_AFFECTED = "Not affected";

    private KernelFacts() {}

    /** The facts below a root, which is {@code /} but in tests. */
    static SortedMap<String, String> below(Path root) {
        SortedMap<String, String> facts = new TreeMap<>();
        mitigations(root).ifPresent(text -> facts.put("mitigations", text));
        text(root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"))
                .ifPresent(text -> facts.put("frequencyGovernor", text));
        text(root.resolve("sys/kernel/mm/transparent_hugepage/enabled"))
                .ifPresent(text -> facts.put("transparentHugePages", chosen(text)));
        // Control groups of version 2 at the first path, of version 1 at the second.
        text(root.resolve("sys/fs/cgroup/cpu.max"))
                .or(() -> text(root.resolve("sys/fs/cgroup/cpu/cpu.cfs_quota_us")))
                .ifPresent(text -> facts.put("cgroupCpuQuota", text));
        text(root.resolve("sys/fs/cgroup/memory.max"))
                .or(() -> text(root.resolve("sys/fs/cgroup/memory/memory.limit_in_bytes")))
                .ifPresent(text -> facts.put("cgroupMemoryBytes", text));
        text(root.resolve("sys/fs/cgroup/pids.max"))
                .or(() -> text(root.resolve("sys/fs/cgroup/pids/pids.max")))
                .ifPresent(text -> facts.put("cgroupThreads", text));
        return facts;
    }

    /** What the processor is affected by and what is done about it: a switch between threads may cost several times as much with it. */
    private static Optional<String> mitigations(Path root) {
        SortedMap<String, String> found = new TreeMap<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(root.resolve("sys/devices/system/cpu/vulnerabilities"))) {
            for (Path file : files) {
                text(file).ifPresent(text -> found.put(file.getFileName().toString(), text));
            }
        } catch (IOException untold) {
            return Optional.empty();
        }
        String affected = found.entrySet().stream()
                .filter(each -> !each.getValue().startsWith(NOT_AFFECTED))
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; "));
        return Optional.of(affected.isEmpty() ? "none needed" : affected);
    }

    /** The kernel marks the choice: {@code always [madvise] never}. */
    private static String chosen(String text) {
        int open = text.indexOf('[');
        int close = text.indexOf(']');
        return open >= 0 && open < close ? text.substring(open + 1, close) : text;
    }

    private static Optional<String> text(Path file) {
        try {
            return Files.isReadable(file)
                    ? Optional.of(PlainText.of(
                            String.join("\n", Files.readAllLines(file)).strip()))
                    : Optional.empty();
        } catch (IOException untold) {
            return Optional.empty();
        }
    }
}
