package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleLineTest {
    @Test
    void parse_whatToJsonWrote_givesItBack() {
        for (SampleLine line : new SampleLine[] {
            new SampleLine.Sample("round-trip", 1.25e-3),
            new SampleLine.Remark("count", "stopped at \"the\" cap"),
            new SampleLine.NotApplicable("no gevent"),
            new SampleLine.Failed("port taken"),
            new SampleLine.Done()
        }) {
            assertThat(SampleLine.parse(line.toJson())).contains(line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "noise", "{broken", "{}", "{\"metric\":\"x\"}", "{\"metric\":\"x\",\"value\":\"12\"}"})
    void parse_anythingElse_isIgnored(String line) {
        assertThat(SampleLine.parse(line)).isEmpty();
    }
}
