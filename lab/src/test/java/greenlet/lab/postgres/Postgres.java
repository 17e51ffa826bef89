package greenlet.lab.postgres;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL, started for a test and ended with it. Where it is not installed the test is skipped; with {@code CI=true} it fails. */
public record Postgres(int port, Process process, Path folder) implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String READY = "ready to accept connections";

    public static Postgres start() throws IOException, InterruptedException {
        Optional<Path> found = binaries();
        if (found.isEmpty()) {
            String message = "PostgreSQL (initdb, postgres) is not installed: apt-get install postgresql";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("With CI=true no test may be skipped, and " + message);
            }
            Assumptions.abort(message);
        }
        Path bin = found.orElseThrow();
        Path folder = Files.createTempDirectory("greenlet-lab-postgres");
        List<String> user = asOtherUser(folder);
        String data = folder.resolve("data").toString();
        run(user, bin.resolve("initdb").toString(), "-D", data, "-A", "trust", "-U", "postgres", "--no-sync");
        int port = freePort();
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data, "-p", Integer.toString(port)));
        command.addAll(List.of("-h", "127.0.0.1", "-k", folder.toString(), "-F"));
        Path log = folder.resolve("log");
        Postgres server = new Postgres(
                port,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                folder);
        while (!accepts(port) || !Files.readString(log).contains(READY)) {
            if (!server.process.isAlive()) {
                String said = Files.readString(log);
                server.close();
                throw new IOException(command + " ended:\n" + said);
            }
            // It tells nobody when it is ready but its log.
            Thread.sleep(20);
        }
        return server;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                int _ = process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException ended) {
            Process _ = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                boolean _ = Files.deleteIfExists(file);
            }
        }
    }

    private static Optional<Path> binaries() throws IOException {
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder());
            }
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(place -> Files.isExecutable(place.resolve("initdb")))
                .findFirst();
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asOtherUser(Path folder) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        run(List.of(), "chown", "postgres", folder.toString());
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    }

    private static void run(List<String> prefix, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + said);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
