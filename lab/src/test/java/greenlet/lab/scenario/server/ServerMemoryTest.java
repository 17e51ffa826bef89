package greenlet.lab.scenario.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ServerMemoryTest {
    @Test
    void median_takesTheMiddleOfEachFigureByItself() {
        assertThat(ServerMemory.median(List.of(
                        new ServerMemory(1, 900, 30), new ServerMemory(800, 2, 10), new ServerMemory(3, 4, 20))))
                .isEqualTo(new ServerMemory(3, 4, 20));
    }
}
