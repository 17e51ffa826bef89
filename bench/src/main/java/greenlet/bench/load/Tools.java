package greenlet.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands of the system that the measurements need. */
final class Tools {
    private static final String DEBIAN = "apt-get install wrk linux-perf golang-go python3-gevent";

    /** Debian's own first: another Python on the path lacks gevent. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private Tools() {}

    /** What is missing for these peers, with the remedy; empty if nothing is. */
    static List<String> missing(Collection<Peer> peers) throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        List<String> needed = new ArrayList<>(List.of("taskset", "wrk", "perf"));
        peers.forEach(peer -> needed.addAll(peer.tools()));
        for (String tool : needed) {
            if (!isOnPath(tool)) {
                missing.add(tool);
            }
        }
        if (peers.contains(Peer.GEVENT) && python() == null) {
            missing.add("a python3 with gevent");
        }
        if (Runtime.getRuntime().availableProcessors() < 2) {
            missing.add("a second processor, for the load generator");
        }
        return missing;
    }

    static String remedy() {
        return "On Debian: " + DEBIAN;
    }

    /** A Python that has gevent, or null. */
    static @Nullable String python() throws IOException, InterruptedException {
        for (String python : PYTHONS) {
            if ((python.startsWith("/") ? Files.isExecutable(Path.of(python)) : isOnPath(python))
                    && succeeds(python, "-c", "import gevent")) {
                return python;
            }
        }
        return null;
    }

    /** Runs a command to its end and returns what it printed. */
    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = read(process.getInputStream());
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("'" + String.join(" ", command) + "' ended with " + exit + ": " + printed.strip());
        }
        return printed;
    }

    static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static boolean isOnPath(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, tool))) {
                return true;
            }
        }
        return false;
    }
}
