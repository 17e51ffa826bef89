package greenlet.hub;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Real servers, started for a test and ended with it. One that is not installed skips the test; with {@code CI=true} it fails.
 */
final class Services {
    /** What both servers write when they are ready, in their own case. */
    private static final String READY = "eady to accept connections";

    private static final Path DEBIAN_POSTGRES = Path.of("/usr/lib/postgresql");

    /** A server that a test started. */
    record Server(int port, Process process, Path directory) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private Services() {}

    static Server postgres() throws Exception {
        Path bin = postgresBin().orElse(null);
        if (bin == null) {
            return missing("PostgreSQL (initdb, postgres)", "postgresql");
        }
        Path directory = Files.createTempDirectory("greenlet-postgres");
        List<String> user = asOtherUser(directory);
        Path data = directory.resolve("data");
        run(
                user,
                List.of(
                        bin.resolve("initdb").toString(),
                        "-D",
                        data.toString(),
                        "-A",
                        "trust",
                        "-U",
                        "postgres",
                        "--no-sync"));
        int port = freePort();
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString(), "-p", "" + port));
        command.addAll(List.of("-h", "127.0.0.1", "-k", directory.toString(), "-F"));
        return started(port, command, directory);
    }

    static Server redis() throws Exception {
        Path server = onPath("redis-server").orElse(null);
        if (server == null) {
            return missing("Redis (redis-server)", "redis-server");
        }
        int port = freePort();
        Path directory = Files.createTempDirectory("greenlet-redis");
        List<String> command = List.of(
                server.toString(),
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                directory.toString());
        return started(port, command, directory);
    }

    /** As {@link #skip}. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // it returns nothing at all
    static <T> T missing(String what, String debianPackage) {
        return skip(what + " is not installed: apt-get install " + debianPackage, System.getenv("CI"));
    }

    /** Never returns: skips the test, or fails it where every test must run. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    static <T> T skip(String message, @Nullable String ci) {
        if ("true".equals(ci)) {
            throw new AssertionError("With CI=true no test may be skipped, and " + message);
        }
        return Assumptions.abort(message);
    }

    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> postgresBin() throws IOException {
        if (Files.isDirectory(DEBIAN_POSTGRES)) {
            try (Stream<Path> versions = Files.list(DEBIAN_POSTGRES)) {
                return versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                        .max(Comparator.naturalOrder());
            }
        }
        return onPath("initdb").map(Path::getParent);
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asOtherUser(Path directory) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        run(List.of(), List.of("chown", "postgres", directory.toString()));
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    }

    private static void run(List<String> prefix, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed:\n" + output);
        }
    }

    private static Server started(int port, List<String> command, Path directory) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Server server = new Server(port, process, directory);
        while (!accepts(port) || !Files.readString(directory.resolve("log")).contains(READY)) {
            if (!process.isAlive()) {
                String log = Files.readString(directory.resolve("log"));
                server.close();
                throw new AssertionError(command + " ended:\n" + log);
            }
            Thread.sleep(20);
        }
        return server;
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
