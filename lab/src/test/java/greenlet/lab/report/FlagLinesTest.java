package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.JvmFlags;
import greenlet.lab.scenario.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagLinesTest {
    private static JvmFlags flags(String scenario, int n, String... flags) {
        return new JvmFlags(scenario, Size.of("n", n).parameters(), List.of(flags));
    }

    @Test
    void whatAllHave_standsOnce_thenWhatEachScenarioHasBeside() {
        assertThat(FlagLines.of(List.of(
                        flags("a", 1, "-A", "-Xms1m", "-B"),
                        flags("a", 2, "-A", "-Xms1m", "-B"),
                        flags("b", 1, "-A", "-Xms2m", "-B"),
                        flags("c", 1, "-A", "-B"))))
                .containsExactly(
                        java.util.Map.entry("Flags of all workers", "-A -B"),
                        java.util.Map.entry("Flags of a", "-Xms1m"),
                        java.util.Map.entry("Flags of b", "-Xms2m"));
    }

    @Test
    void sizesThatDiffer_haveALineEach() {
        assertThat(FlagLines.of(
                        List.of(flags("a", 1, "-A", "-X1"), flags("a", 2, "-A", "-X2"), flags("a", 3, "-A", "-X2"))))
                .containsEntry("Flags of a (n 1)", "-X1")
                .containsEntry("Flags of a (n 2; n 3)", "-X2");
    }

    @Test
    void anOldReport_hasNoLine() {
        assertThat(FlagLines.of(List.of())).isEmpty();
    }
}
