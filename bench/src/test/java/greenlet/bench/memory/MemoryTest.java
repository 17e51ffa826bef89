package greenlet.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory command measures every kind, and refuses what it cannot measure. */
@Timeout(300)
class MemoryTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void answer_fewTasks_measuresEachKind() {
        assertThat(answer("2000")).as("%s", err).isZero();
        String table = out.toString(StandardCharsets.UTF_8);
        for (Kind kind : Kind.values()) {
            assertThat(table).containsPattern("\\| " + kind.label() + " \\| [1-9]\\d{1,4} \\|");
        }
    }

    @Test
    void answer_badCount_exitsTwo() {
        assertThat(answer("many")).isEqualTo(2);
        assertThat(answer("10")).isEqualTo(2);
        assertThat(answer("1000", "2000")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Cannot measure memory of [many]: give one whole number of tasks, 1000 or more.");
    }

    private int answer(String... arguments) {
        return new Memory(1, print(out), print(err)).answer(List.of(arguments));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
