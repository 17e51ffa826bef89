package greenlet.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, for what can happen only once in the life of a JVM. */
final class ForkedJvm {
    private final List<String> options = new ArrayList<>();
    private int patienceSeconds = 60;
    private long addressSpaceKiB;

    /** What a program printed and how it ended. */
    record Result(int exitCode, String out, String err) {}

    /** Adds an option of the JVM. */
    ForkedJvm with(String option) {
        options.add(option);
        return this;
    }

    /** Lets it have so many kibibytes of addresses: a thread whose stack does not fit cannot be started. */
    ForkedJvm addressSpace(long kiB) {
        addressSpaceKiB = kiB;
        return this;
    }

    /** Waits longer than a minute for its end. */
    ForkedJvm patience(int seconds) {
        patienceSeconds = seconds;
        return this;
    }

    Result run(Class<?> main, String... arguments) throws IOException, InterruptedException, ExecutionException {
        List<String> command = new ArrayList<>();
        if (addressSpaceKiB > 0) {
            command.addAll(List.of("sh", "-c", "ulimit -v " + addressSpaceKiB + "; exec \"$@\"", "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        // Each in a thread of its own: the common pool may have only one, and a full pipe stops the program.
        Executor threads = body -> Thread.ofPlatform().daemon().start(body);
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), threads);
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), threads);
        if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running after " + patienceSeconds + " s: " + command + "\nout: " + out.get()
                    + "\nerr: " + err.get());
        }
        return new Result(process.exitValue(), out.get(), err.get());
    }

    private static String read(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
