package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.fork.SampleLine;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    private static final String TITLE = "\u001b]0;owned\u0007red \u001b[31m\r\n\u009b2J \u202egnp";

    @Test
    void of_whatATerminalWouldObey_isBlank() {
        assertThat(PlainText.of(TITLE)).isEqualTo(" ]0;owned red  [31m 2J  gnp");
        assertThat(PlainText.of("µs ≥ 1.25× – „ok“")).isEqualTo("µs ≥ 1.25× – „ok“");
    }

    @Test
    void whatAWorkerSays_entersAReportWithoutThem() {
        assertThat(SampleLine.parse(new SampleLine.Failed(TITLE).toJson()))
                .contains(new SampleLine.Failed(PlainText.of(TITLE)));
        Run run = Run.without("create", "greenlets", "time", "ns", new TreeMap<>(), Status.FAILED, TITLE);
        assertThat(run.reason()).isEqualTo(PlainText.of(TITLE));
    }
}
