package greenlet.lab.advise.report;

import static greenlet.lab.advise.PlantedFindings.MIB;
import static greenlet.lab.advise.PlantedFindings.WAITING;
import static greenlet.lab.advise.PlantedFindings.rising;
import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Findings;
import greenlet.lab.advise.PlantedFindings;
import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Subject;
import greenlet.lab.advise.Way;
import greenlet.lab.measure.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceReportsTest {
    private static final String HOSTILE = "<script>alert('x')</script> \"quoted\" & so on";

    private static AdviceReport report() {
        Findings findings = new Findings(
                new Subject.Code(HOSTILE, HOSTILE, List.of(), List.of()),
                PlantedFindings.demand(512 * MIB, null),
                2,
                WAITING,
                List.of("field hits"),
                List.of(
                        rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB),
                        rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB),
                        Curve.without(Way.PROCESSES, Status.NOT_APPLICABLE, HOSTILE)),
                List.of(new Problem(Problem.Kind.THROWS, Way.GREENLETS, 8, HOSTILE)),
                null,
                Double.NaN);
        return AdviceReport.of(findings, PlantedFindings.MACHINE, Instant.parse("2026-11-25T04:00:00Z"));
    }

    @Test
    void page_hostileText_isEscapedAndThereIsNoScript() {
        String page = AdvicePage.render(report());
        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;x&#39;)")
                .contains("Content-Security-Policy")
                .contains("Take virtual threads, 256 calls at once")
                .doesNotContain("http://")
                .doesNotContain("NaN");
        assertThat(page.split("<svg class=\"dot\"", -1)).hasSize(1 + 3 * 2 * 10);
    }

    @Test
    void text_saysTheSentenceFirstAndFitsTheTerminal() {
        String text = AdviceText.render(report(), 100);
        assertThat(text)
                .contains("Take virtual threads, 256 calls at once: 8,000 calls/s in 60 MiB, 2 times what")
                .contains("The figures that decide")
                .contains("Break-even points")
                .contains("What would change the answer")
                .contains("newVirtualThreadPerTaskExecutor")
                .contains("Confidence: low")
                .contains("throws (greenlets on one hub, 8 at once)");
        assertThat(text.lines().filter(line -> !line.contains("permits") && !line.contains("try (")))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(102));
    }

    @Test
    void json_namesWaysAsTheCommandLineDoes() {
        String json = AdviceFile.toJson(report());
        assertThat(json)
                .contains("\"choice\" : \"virtual-threads\"")
                .contains("\"outcome\" : \"CHOICE\"")
                .contains("\"blockedShare\" : ")
                .doesNotContain("NaN");
    }
}
