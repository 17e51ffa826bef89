package greenlet.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A set of processors of this machine, to which processes can be pinned with {@code taskset} of util-linux.
 *
 * <p>Immutable.
 *
 * @param ids their numbers, as Linux counts them
 */
public record Cores(List<Integer> ids) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** Copies the list. */
    public Cores {
        ids = List.copyOf(ids);
    }

    /**
     * The processors that this process may use: those of its container, not all of the machine. May block on file I/O.
     *
     * @return the set, or nothing where the system does not tell
     */
    public static Optional<Cores> allowed() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> parse(line.substring(ALLOWED.length()).strip()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Reads the kernel's notation, such as {@code 0-3,8}. Not a switch point.
     *
     * @param list the notation
     * @return the set
     * @throws NumberFormatException if it is something else
     */
    public static Cores parse(String list) {
        List<Integer> ids = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", 2);
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(ids::add);
        }
        return new Cores(ids);
    }

    /** {@return how many there are} Not a switch point. */
    public int count() {
        return ids.size();
    }

    /**
     * The first few of them. Not a switch point.
     *
     * @param count how many
     * @return a set of at most that many
     */
    public Cores first(int count) {
        return new Cores(ids.subList(0, Math.min(count, ids.size())));
    }

    /**
     * Those that are not in another set. Not a switch point.
     *
     * @param others the other set
     * @return the rest; may be empty
     */
    public Cores without(Cores others) {
        return new Cores(ids.stream().filter(id -> !others.ids.contains(id)).toList());
    }

    /**
     * Pins every thread of this process, and so whatever they start from now on. Blocks until {@code taskset} has ended.
     *
     * @return why that was not possible, or nothing if it is done
     * @throws InterruptedException if the calling thread is interrupted meanwhile
     */
    public Optional<String> pinThisProcess() throws InterruptedException {
        long pid = ProcessHandle.current().pid();
        try {
            Process taskset = new ProcessBuilder("taskset", "-a", "-c", "-p", toString(), Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            String said =
                    new String(taskset.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
            return taskset.waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("taskset refused: " + said.strip().replace('\n', ' '));
        } catch (IOException missing) {
            return Optional.of("there is no taskset (package util-linux) on this machine");
        }
    }

    /** {@return the kernel's notation, such as {@code 0,1,8}} Not a switch point. */
    @Override
    public String toString() {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
