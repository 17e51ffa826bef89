package greenlet.lab.scenario.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Python's servers are loaded as the JVM's are. */
class PythonServerTest {
    @Test
    void rate_isTheSameInBothLanguages() throws IOException {
        try (InputStream script = getClass().getResourceAsStream("/greenlet/lab/python/on_server.py")) {
            String text = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("\nRATE = " + ServerTrial.RATE + "\n");
        }
    }
}
