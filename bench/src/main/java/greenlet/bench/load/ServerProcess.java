package greenlet.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, pinned to one core, and what the kernel knows of it. */
final class ServerProcess implements AutoCloseable {
    private static final String CORE = "0";
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server.
     *
     * @param peer who serves
     * @param workshop a directory for what has to be written or compiled first
     */
    static ServerProcess start(Peer peer, Path workshop) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", CORE));
        command.addAll(command(peer, workshop));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        try {
            return new ServerProcess(process, Integer.parseInt(line == null ? "nothing" : line));
        } catch (NumberFormatException e) {
            process.destroyForcibly();
            throw new IOException("The server of " + peer.name().toLowerCase(Locale.ROOT)
                    + " did not say its port but: " + line + ". Run it by hand: " + String.join(" ", command));
        }
    }

    private static List<String> command(Peer peer, Path workshop) throws IOException, InterruptedException {
        return switch (peer) {
            case HUB, VIRTUAL, NIO, NETTY, STREAM_SERVER, JETTY_HUB, JETTY_VIRTUAL ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xms256m",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HelloServer.class.getName(),
                        peer.name());
            case GO -> List.of(goProgram(workshop).toString());
            case GEVENT ->
                List.of(
                        Objects.requireNonNull(Tools.python(), "checked before"),
                        resource("hello.py", workshop).toString());
        };
    }

    private static Path goProgram(Path workshop) throws IOException, InterruptedException {
        Path program = workshop.resolve("hello-go");
        if (!Files.exists(program)) {
            Tools.output(
                    "go",
                    "build",
                    "-o",
                    program.toString(),
                    resource("hello.go", workshop).toString());
        }
        return program;
    }

    private static Path resource(String name, Path workshop) throws IOException {
        Path file = workshop.resolve(name);
        if (!Files.exists(file)) {
            try (InputStream stream = Objects.requireNonNull(ServerProcess.class.getResourceAsStream(name), name)) {
                Files.copy(stream, file);
            }
        }
        return file;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** CPU time of all its threads so far, in the kernel and out of it, in nanoseconds. */
    long cpuNanos() throws IOException {
        return sumOfTasks("schedstat", text -> Long.parseLong(text.substring(0, text.indexOf(' '))));
    }

    /** How often its threads have left the processor so far. */
    long contextSwitches() throws IOException {
        return sumOfTasks(
                "status",
                text -> text.lines()
                        .filter(line -> line.contains("ctxt_switches:"))
                        .mapToLong(line -> Long.parseLong(
                                line.substring(line.indexOf(':') + 1).strip()))
                        .sum());
    }

    private long sumOfTasks(String file, java.util.function.ToLongFunction<String> value) throws IOException {
        long sum = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path task : tasks.toList()) {
                sum += value.applyAsLong(Files.readString(task.resolve(file)));
            }
        }
        return sum;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
