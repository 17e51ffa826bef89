package greenlet.lab.advise.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.advise.PlantedFindings;
import org.junit.jupiter.api.Test;

class AdviceReportsTest {
    private static final String HOSTILE = "<script>alert('x')</script> \"quoted\" & so on";

    private static AdviceReport report() {
        return PlantedFindings.report(HOSTILE);
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
