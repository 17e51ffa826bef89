package greenlet.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Memory that the kernel holds on behalf of processes, as far as {@code /proc} tells without special rights: page tables, the kernel
 * stacks of threads, and the buffers of TCP sockets. The sockets' own structures (a few kilobytes each) are not among it.
 *
 * <p>Immutable.
 */
public final class KernelMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path SOCKETS = Path.of("/proc/net/sockstat");
    private static final long PAGE_BYTES = 4096;

    private KernelMemory() {}

    /** {@return whether this system tells} May block on file I/O. */
    public static boolean isTold() {
        return Stream.of(STATUS, MEMORY, LOAD, SOCKETS).allMatch(Files::isReadable);
    }

    /**
     * Page tables and kernel stacks of a process. May block on file I/O.
     *
     * @param pid its id
     * @return bytes
     * @throws IOException if the system does not tell
     */
    public static long ofProcess(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return number(status, "VmPTE:") * 1024 + number(status, "Threads:") * bytesPerStack();
    }

    /**
     * Buffers of all TCP sockets of the machine: no smaller account is kept. May block on file I/O.
     *
     * @return bytes
     * @throws IOException if the system does not tell
     */
    public static long ofSockets() throws IOException {
        String line = line(SOCKETS, "TCP:");
        String pages = line.substring(line.indexOf(" mem ") + " mem ".length());
        return Long.parseLong(pages.split(" ", 2)[0].strip()) * PAGE_BYTES;
    }

    /** All kernel stacks of the machine by all its threads: the size is a constant of the kernel's build that it does not tell. */
    private static long bytesPerStack() throws IOException {
        String running = Files.readString(LOAD).split(" ", -1)[3];
        long threads = Long.parseLong(running.substring(running.indexOf('/') + 1));
        return number(MEMORY, "KernelStack:") * 1024 / threads;
    }

    private static long number(Path file, String key) throws IOException {
        return Long.parseLong(line(file, key).replaceAll("\\D", ""));
    }

    private static String line(Path file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(candidate -> candidate.startsWith(key))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Cannot find '" + key + "' in " + file
                            + ". Report the kernel's version: its layout is new to this program."));
        }
    }
}
