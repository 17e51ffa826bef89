package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    private static final Machine MACHINE =
            new Machine("Linux 6", "6.1", "amd64", "A CPU", 2, 1L << 34, "25.0.3", "HotSpot", "0.1.0", new TreeMap<>());

    private static Report planted() {
        Run measured = Run.measured(
                "memory",
                "greenlets",
                "heap",
                "bytes",
                new TreeMap<>(Map.of("depth", "10")),
                List.of(900.0, 910.5, 905.0));
        Run absent = Run.without(
                "create", "processes", "time", "ns", new TreeMap<>(), Status.NOT_APPLICABLE, "no processes here");
        return new Report(
                Report.SCHEMA,
                Instant.parse("2026-11-23T06:00:00Z"),
                Instant.parse("2026-11-23T06:05:00.5Z"),
                Budget.DEFAULT,
                true,
                MACHINE,
                List.of(measured, absent),
                List.of(),
                List.of(new JvmFlags("memory", new TreeMap<>(Map.of("depth", "10")), List.of("-Xms256m"))));
    }

    @Test
    void write_thenRead_givesTheSameReport(@TempDir Path folder) throws IOException {
        Path file = folder.resolve(ReportFile.NAME);
        ReportFile.write(planted(), file);
        assertThat(ReportFile.read(file)).isEqualTo(planted());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void fromJson_ofBeforeFlagsWereTold_hasNone() throws IOException {
        String json = ReportFile.toJson(planted());
        String old = json.replaceAll("(?s),\\s*\"jvmFlags\" : \\[.*\\]\\s*\\}\\s*$", "}");
        assertThat(old).isNotEqualTo(json);
        assertThat(ReportFile.fromJson(old, "old.json").jvmFlags()).isEmpty();
    }

    @Test
    void toJson_unmeasuredRun_writesNullNotNaN() {
        assertThat(ReportFile.toJson(planted())).contains("\"median\" : null").doesNotContain("NaN");
    }

    @Test
    void fromJson_truncatedText_namesFileLineAndRemedy() {
        String json = ReportFile.toJson(planted());
        assertThatThrownBy(() -> ReportFile.fromJson(json.substring(0, json.length() / 2), "old.json"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("old.json")
                .hasMessageContaining("at line ")
                .hasMessageNotContaining("line -1")
                .hasMessageContaining("Give a report.json");
    }

    @Test
    void fromJson_otherLayout_isRefused() {
        String json = ReportFile.toJson(planted()).replace("\"schema\" : 1", "\"schema\" : 99");
        assertThatThrownBy(() -> ReportFile.fromJson(json, "old.json"))
                .hasMessageContaining("version 99")
                .hasMessageContaining("measure again");
    }

    @Test
    void fromJson_notAReport_isRefused() {
        assertThatThrownBy(() -> ReportFile.fromJson("[1, 2]", "x.json"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no report");
    }
}
