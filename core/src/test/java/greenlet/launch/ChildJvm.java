package greenlet.launch;

import greenlet.Greenlet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@code java} and reports how that went. */
record ChildJvm(int exit, String output) {
    private static final long BOUND_SECONDS = 240;

    /** Runs one of these tests' programs on the class path, with the flag. */
    static ChildJvm run(List<String> options, Class<?> program, String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-cp", classPath(), program.getName()));
        all.addAll(List.of(arguments));
        return run(all);
    }

    static ChildJvm run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("greenlet", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                throw new AssertionError("still running after " + BOUND_SECONDS + " s: " + command + "\n" + text);
            }
            return new ChildJvm(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Where the classes of core are: a folder or a jar, with or without their module. */
    static Path core() {
        return place(Greenlet.class);
    }

    /** Where the test's own classes are. */
    static Path tests() {
        return place(ChildJvm.class);
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Core's classes and these tests', for a child that runs one of the latter. */
    static String classPath() {
        return Stream.of(core(), tests())
                .map(Path::toString)
                .distinct()
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }
}
