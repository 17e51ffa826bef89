package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.example.Examples;
import greenlet.lab.process.JvmCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each example as a user runs it, in a process of its own. */
class ExampleProcessTest {
    @ParameterizedTest
    @CsvSource({
        "ping-pong, PingPong, 'pong to ball 1\npong to ball 2\nbye\nping is DEAD'",
        "generator, Tree, left early; nothing below was made",
        "fan-out, FanOut, '{fizz=334, plain=666} of 1000 calls of 50 ms each in '",
        "server, EchoServer, 100 of 100 clients heard their own words",
    })
    void example_byName_printsItsSourceAndRunsIt(String name, String program, String output) throws Exception {
        Process process = new ProcessBuilder(JvmCommand.of(List.of(), Main.class.getName(), List.of("example", name)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        String source = Files.readString(Path.of(
                System.getProperty("greenlet.root"), "lab/src/main/java/greenlet/lab/example", program + ".java"));
        assertThat(said).startsWith(source);
        assertThat(said.substring(source.length())).contains(output);
        assertThat(Examples.all()).anyMatch(example -> example.name().equals(name));
    }
}
