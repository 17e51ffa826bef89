package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.example.Examples;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each example as a user runs it, in a process of its own. */
class ExampleProcessTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ping-pong, PingPong, 'pong to ball 1\npong to ball 2\nbye\nping is DEAD'",
        "generator, Tree, left early; nothing below was made",
        "fan-out, FanOut, '{fizz=334, plain=666} of 1000 calls of 50 ms each in '",
        "server, EchoServer, 100 of 100 clients heard their own words",
    })
    void example_byName_printsItsSourceAndRunsIt(String name, String program, String output) throws Exception {
        Process process = start("example", name);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        String source = Files.readString(Path.of(
                System.getProperty("greenlet.root"), "lab/src/main/java/greenlet/lab/example", program + ".java"));
        assertThat(said).startsWith(source);
        assertThat(said.substring(source.length())).contains(output);
        assertThat(Examples.all()).anyMatch(example -> example.name().equals(name));
    }

    /** As the launcher does: a jar whose manifest opens the JDK, and no flag, so that the JVM has not a single argument. */
    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        return builder.start();
    }

    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        main.put(new Attributes.Name("Add-Opens"), "java.base/java.lang");
        main.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        main.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("greenlet.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.finish();
        }
        return jar;
    }
}
