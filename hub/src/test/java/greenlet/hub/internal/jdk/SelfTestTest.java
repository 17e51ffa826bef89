package greenlet.hub.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import greenlet.hub.Hub;
import org.junit.jupiter.api.Test;

class SelfTestTest {
    @Test
    void run_onTheJdkThatBuildsThis_passes() {
        assertThat(HubBinding.refusal()).isNull();
        assertThatCode(() -> SelfTest.run("self-test")).doesNotThrowAnyException();
    }

    @Test
    void run_fromAGreenThread_passesToo() {
        assertThatCode(() -> Hub.run(() -> SelfTest.run("self-test"))).doesNotThrowAnyException();
    }
}
