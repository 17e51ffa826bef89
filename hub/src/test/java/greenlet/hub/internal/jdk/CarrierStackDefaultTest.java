package greenlet.hub.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the JVM's options say of stacks. */
class CarrierStackDefaultTest {
    private static final long FRAMES = 64L << 10;

    @BeforeAll
    static void open() {
        assertThat(HubBinding.refusal()).isNull();
    }

    @Test
    void defaultBytes_withoutOptions_isTwoMebibytesAndTheCarriersFrames() {
        assertThat(CarrierStack.defaultBytes("-Xmx1g")).isEqualTo((2L << 20) + FRAMES);
    }

    @Test
    void defaultBytes_lastOptionWins() {
        assertThat(CarrierStack.defaultBytes("-Xss8m", "-Xss4M")).isEqualTo((4L << 20) + FRAMES);
        assertThat(CarrierStack.defaultBytes("-Xss8m", "-XX:ThreadStackSize=3072"))
                .isEqualTo((3L << 20) + FRAMES);
        assertThat(CarrierStack.defaultBytes("-Xss5242880")).isEqualTo((5L << 20) + FRAMES);
    }

    @Test
    void defaultBytes_smallerOrOdd_isTheLeast() {
        assertThat(CarrierStack.defaultBytes("-Xss512k")).isEqualTo((2L << 20) + FRAMES);
        assertThat(CarrierStack.defaultBytes("-Xss0x500000")).isEqualTo((2L << 20) + FRAMES);
    }
}
