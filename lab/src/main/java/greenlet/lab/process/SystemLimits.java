package greenlet.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What this system allows a process of ours, as far as {@code /proc} and the control groups tell: open files, ports, threads. Where they do
 * not tell, nothing is refused beforehand, and a limit that is met shows as the failure of its cell.
 *
 * <p>Immutable.
 */
public final class SystemLimits {
    /** Files, sockets and threads that are there anyway: the JVM's own, and those of whatever else runs under the same limit. */
    private static final int SPARE = 500;

    /** A thread's stack and its guard are two mappings. */
    private static final int MAPPINGS_PER_THREAD = 2;

    private final Path root;

    private SystemLimits(Path root) {
        this.root = root;
    }

    /** {@return the limits of this process} Not a switch point. */
    public static SystemLimits ofThisProcess() {
        return new SystemLimits(Path.of("/"));
    }

    /** As if the root of the file system were elsewhere. */
    static SystemLimits below(Path root) {
        return new SystemLimits(root);
    }

    /**
     * Why a process cannot hold so many connections to one server. May block on file I/O.
     *
     * @param count how many
     * @return the limit in the way and its remedy, or nothing
     */
    public Optional<String> againstConnections(int count) {
        OptionalLong files = processLimit("Max open files");
        if (files.isPresent() && files.getAsLong() < count + SPARE) {
            return Optional.of(count + " connections need as many open files and this system allows a process "
                    + files.getAsLong() + " (ulimit -n); allow " + (count + SPARE));
        }
        long ports = ports();
        return ports >= count
                ? Optional.empty()
                : Optional.of(count + " connections from one address need as many ports and this system has " + ports
                        + " (net.ipv4.ip_local_port_range); widen the range");
    }

    /**
     * Why a process cannot have so many threads. May block on file I/O.
     *
     * @param count how many
     * @return the limit in the way and its remedy, or nothing
     */
    public Optional<String> againstThreads(int count) {
        record Limit(String name, OptionalLong threads) {}
        OptionalLong mappings = number("proc/sys/vm/max_map_count");
        List<Limit> limits = List.of(
                new Limit("ulimit -u", processLimit("Max processes")),
                new Limit("kernel.threads-max", number("proc/sys/kernel/threads-max")),
                new Limit("pids.max of the control group", number("sys/fs/cgroup/pids.max")),
                new Limit(
                        "half of vm.max_map_count",
                        mappings.isPresent()
                                ? OptionalLong.of(mappings.getAsLong() / MAPPINGS_PER_THREAD)
                                : OptionalLong.empty()));
        return limits.stream()
                .filter(limit -> limit.threads().isPresent() && limit.threads().getAsLong() < count + SPARE)
                .findFirst()
                .map(limit -> count + " threads are more than this system allows: "
                        + limit.threads().getAsLong() + " (" + limit.name() + "); allow " + (count + SPARE));
    }

    private long ports() {
        Optional<String> range = text("proc/sys/net/ipv4/ip_local_port_range");
        if (range.isEmpty()) {
            return Long.MAX_VALUE;
        }
        String[] ends = range.get().split("\\s+", -1);
        return Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
    }

    /** The hard limit: the JVM raises its own to that. */
    private OptionalLong processLimit(String name) {
        Path limits = root.resolve("proc/self/limits");
        if (!Files.isReadable(limits)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(limits)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[1])
                    .filter(hard -> hard.chars().allMatch(Character::isDigit))
                    .mapToLong(Long::parseLong)
                    .findFirst();
        } catch (IOException untold) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong number(String file) {
        return text(file)
                .filter(text -> !text.isEmpty() && text.chars().allMatch(Character::isDigit))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** By lines, hence in one large read: of a file below {@code /proc/sys} a second read gives nothing. */
    private Optional<String> text(String file) {
        Path path = root.resolve(file);
        try {
            return Files.isReadable(path)
                    ? Optional.of(String.join("\n", Files.readAllLines(path)).strip())
                    : Optional.empty();
        } catch (IOException untold) {
            return Optional.empty();
        }
    }
}
