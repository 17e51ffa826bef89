package greenlet.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/**
 * How much memory a process holds, by the operating system's account.
 *
 * @param residentBytes pages in memory; pages shared with other processes count by their share where the system tells it
 * @param reservedBytes address space
 */
public record ProcessMemory(long residentBytes, long reservedBytes) {
    /**
     * Looks at a process. May block on file I/O.
     *
     * @param pid its id
     * @return what it holds now
     * @throws IOException if the system does not tell
     */
    public static ProcessMemory of(long pid) throws IOException {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (Files.isReadable(rollup)) {
            return new ProcessMemory(kibibytes(rollup, "Pss:"), kibibytes(rollup.resolveSibling("status"), "VmSize:"));
        }
        OSProcess process = new SystemInfo().getOperatingSystem().getProcess((int) pid);
        if (process == null) {
            throw new IOException("Cannot read the memory of process " + pid + ": the system shows no such process.");
        }
        return new ProcessMemory(process.getResidentMemory(), process.getVirtualSize());
    }

    /**
     * The resident set at little cost: shared pages count in full, and recent Linux kernels are a few pages off. May block on file I/O.
     *
     * @param pid a process id
     * @return bytes
     * @throws IOException if the system does not tell
     */
    public static long glance(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return Files.isReadable(status) ? kibibytes(status, "VmRSS:") : of(pid).residentBytes();
    }

    private static long kibibytes(Path file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            String line = lines.filter(candidate -> candidate.startsWith(key))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Cannot find '" + key + "' in " + file
                            + ". Report the kernel's version: its layout is new to this program."));
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
    }
}
