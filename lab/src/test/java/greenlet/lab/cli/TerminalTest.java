package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void of_pipe_hasNoColourWhateverElse() {
        assertThat(Terminal.of(false, null, "xterm", "80").hasColour()).isFalse();
    }

    @Test
    void of_terminal_honoursNoColorAndDumb() {
        assertThat(Terminal.of(true, null, "xterm", "80").hasColour()).isTrue();
        assertThat(Terminal.of(true, "", "xterm", "80").hasColour()).isTrue();
        assertThat(Terminal.of(true, "1", "xterm", "80").hasColour()).isFalse();
        assertThat(Terminal.of(true, null, "dumb", "80").hasColour()).isFalse();
    }

    @Test
    void of_columns_areTakenWithinReason() {
        assertThat(Terminal.of(false, null, null, "80").width()).isEqualTo(80);
        assertThat(Terminal.of(false, null, null, "7").width()).isEqualTo(60);
        assertThat(Terminal.of(false, null, null, "x").width()).isEqualTo(100);
    }

    @Test
    void barLine_anyProgress_fitsTheWidth() {
        for (double done : new double[] {0, 0.001, 0.5, 0.999, 1}) {
            String line =
                    BarLine.BLOCKS.render(done, Duration.ofSeconds(75), "memory (depth 10) on virtual-threads 1/3", 60);
            assertThat(line).hasSizeLessThanOrEqualTo(60).contains("1:15 left");
        }
        assertThat(BarLine.BLOCKS.render(1, Duration.ZERO, "", 60)).startsWith("█".repeat(24));
        assertThat(BarLine.BLOCKS.render(0, Duration.ZERO, "", 60)).doesNotContain("█");
    }

    @Test
    void barLine_charsetHasNoBlocks_isAscii() {
        assertThat(BarLine.in(StandardCharsets.UTF_8)).isEqualTo(BarLine.BLOCKS);
        assertThat(BarLine.in(StandardCharsets.ISO_8859_1)).isEqualTo(BarLine.ASCII);
        assertThat(BarLine.ASCII.render(0.5, Duration.ofSeconds(5), "create on greenlets 1/3", 40))
                .isEqualTo("############            | 0:05 left  cr~");
    }

    @Test
    void columns_ofANarrowTerminal_areItsOwnThoughNoTableFits() {
        assertThat(Terminal.of(true, null, null, "40").columns()).isEqualTo(40);
        assertThat(Terminal.of(true, null, null, "40").width()).isEqualTo(60);
    }
}
