package greenlet.hub.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options parse(String... arguments) {
        return Options.parse(arguments);
    }

    @Test
    void parse_watch_reportsIdleHubsAfterTenSeconds() {
        assertThat(parse("--watch=50", "a.B").watchLimit()).isEqualTo(Duration.ofMillis(50));
        assertThat(parse("--watch=50", "a.B").idleLimit()).isEqualTo(Duration.ofSeconds(10));
        assertThat(parse("--idle-limit=7", "--watch=50", "a.B").idleLimit()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void parse_noWatch_watchesNothing() {
        assertThat(parse("a.B", "--watch=50").watchLimit()).isNull();
        assertThat(parse("a.B", "--watch=50").idleLimit()).isNull();
        assertThatThrownBy(() -> parse("--idle-limit=7", "a.B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot run a program on a hub: --idle-limit=MILLIS is for the watchdog. Add --watch=MILLIS.");
    }
}
