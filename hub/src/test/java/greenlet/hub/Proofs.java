package greenlet.hub;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much a proof does, from {@code -Dgreenlet.proofs=default|ci|thorough}, and what it looks at outside the hub. */
final class Proofs {
    private Proofs() {}

    static int size(int usual, int ci, int thorough) {
        return (int) size((long) usual, ci, thorough);
    }

    static long size(long usual, long ci, long thorough) {
        String chosen = System.getProperty("greenlet.proofs", "default");
        return switch (chosen) {
            case "default" -> usual;
            case "ci" -> ci;
            case "thorough" -> thorough;
            default ->
                throw new IllegalArgumentException(
                        "Unknown -Dgreenlet.proofs=" + chosen + ": use default, ci or thorough.");
        };
    }

    static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /** The thread containers that a dump of this JVM shows, as lines of its JSON. */
    static List<String> threadContainers() throws IOException {
        Path dump = Files.createTempDirectory("greenlet-dump").resolve("threads.json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
            return Files.readAllLines(dump).stream()
                    .filter(line -> line.contains("\"container\""))
                    .toList();
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(dump.getParent());
        }
    }
}
