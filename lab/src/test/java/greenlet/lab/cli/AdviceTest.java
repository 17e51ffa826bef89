package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.report.annotated.PlantedComparison;
import org.junit.jupiter.api.Test;

class AdviceTest {
    @Test
    void of_narrowTerminal_breaksLinesUnderTheirBeginning() {
        String text = Advice.of(PlantedComparison.full(Budget.DEFAULT), 80);
        assertThat(text).startsWith("So choose:\n  JVM    IO-bound      ");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(text.lines().filter(line -> line.startsWith(" ".repeat(23))).count())
                .isPositive();
        assertThat(Advice.of(PlantedComparison.full(Budget.DEFAULT), 1000).replaceAll("\\s+", " "))
                .isEqualTo(text.replaceAll("\\s+", " "));
    }
}
