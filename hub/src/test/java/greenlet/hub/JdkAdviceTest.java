package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JdkAdviceTest {
    private static final String BUG = "JDK-8373120";

    @ParameterizedTest
    @CsvSource({"25, true", "25.0.3+9-LTS, true", "25.0.4, false", "25.0.5+1, false", "26, false", "27.0.1, false"})
    void forVersion_underTheFix_namesIt(String version, boolean advised) {
        assertThat(JdkAdvice.forVersion(Runtime.Version.parse(version)).isPresent())
                .isEqualTo(advised);
    }

    @Test
    void forThisJdk_anyAdvice_isInBothFormsOfADump() {
        HubDump dump = new HubDump("h", new HubStatistics("h", 0, 0, 0, 0, 0, 0, 0, "the hub's own epoll"), List.of());

        assertThat(dump.toText().lines().filter(line -> line.contains(BUG)).toList())
                .isEqualTo(JdkAdvice.forThisJdk().stream().toList());
        JsonNode json = JsonMapper.shared().readTree(dump.toJson());
        assertThat(Optional.ofNullable(json.get("jdkAdvice")).map(JsonNode::asString))
                .isEqualTo(JdkAdvice.forThisJdk());
    }

    @Test
    void forThisJdk_anyAdvice_isInAReportOnAbandonedThreadsOnly() {
        CloseReport.Abandoned stuck = new CloseReport.Abandoned("stuck", Thread.State.BLOCKED, List.of(), "no reason");

        assertThat(new CloseReport("h", List.of(), List.of(stuck), null)
                        .describe()
                        .lines()
                        .filter(line -> line.contains(BUG))
                        .toList())
                .isEqualTo(JdkAdvice.forThisJdk().stream().toList());
        assertThat(new CloseReport("h", List.of(), List.of(), null).describe()).doesNotContain(BUG);
    }
}
