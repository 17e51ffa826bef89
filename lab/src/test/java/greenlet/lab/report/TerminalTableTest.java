package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
    private static final Machine MACHINE =
            new Machine("Linux", "6", "amd64", "A CPU", 2, 1, "25", "HotSpot", "0.1", new TreeMap<>());

    private static Run run(
            String scenario, String mechanism, String metric, String unit, String size, Double... samples) {
        TreeMap<String, String> parameters = new TreeMap<>();
        if (!size.isEmpty()) {
            parameters.put("tasks", size);
        }
        return Run.measured(scenario, mechanism, metric, unit, parameters, List.of(samples));
    }

    private static String render(int width, boolean colour, Run... runs) {
        Report report =
                new Report(Report.SCHEMA, Instant.EPOCH, Instant.EPOCH, Budget.QUICK, false, MACHINE, List.of(runs));
        return new TerminalTable(width, colour).render(report);
    }

    private static String line(String text, String start) {
        return text.lines()
                .filter(line -> line.strip().startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + start + "' in\n" + text));
    }

    @Test
    void render_lowerIsBetter_marksBestTieAndRatio() {
        String text = render(
                80,
                false,
                run("create", "greenlets", "time", "ns", "100", 100.0, 110.0, 120.0),
                run("create", "virtual-threads", "time", "ns", "100", 118.0, 130.0, 140.0),
                run("create", "platform-threads", "time", "ns", "100", 1000.0, 1100.0, 1200.0));
        assertThat(line(text, "greenlets")).contains("110 ns [100 120]   best");
        assertThat(line(text, "virtual-threads")).contains("130 ns [118 140]   tie");
        assertThat(line(text, "platform-threads")).contains("1.10 µs [1.00 1.20] 10.0x");
        assertThat(text).contains("less is better").contains("Indicative only");
    }

    @Test
    void render_higherIsBetter_countsTheOtherWay() {
        String text = render(
                80,
                false,
                run("memory", "greenlets", "count", "1", "", 220_000.0),
                run("memory", "processes", "count", "1", "", 11.0));
        assertThat(line(text, "greenlets")).contains("220 k best");
        assertThat(line(text, "processes")).contains("20kx");
        assertThat(text).contains("more is better");
    }

    @Test
    void render_cellsWithoutFigures_sayWhyBelow() {
        Run absent = Run.without(
                "create", "processes", "time", "ns", new TreeMap<>(Map.of("tasks", "1")), Status.FAILED, "hung");
        String text = render(80, false, run("create", "greenlets", "time", "ns", "1", 5.0), absent);
        assertThat(line(text, "processes")).contains("failed *");
        assertThat(line(text, "* processes (tasks 1)")).contains("failed: hung");
    }

    @Test
    void render_manyColumns_neverPassesTheWidthAndLosesNone() {
        List<Run> runs = new ArrayList<>();
        for (String size : List.of("1", "10", "100", "1000")) {
            runs.add(run("create", "platform-threads", "time", "ns", size, 123456.0, 134567.0, 145678.0));
        }
        for (int width : new int[] {60, 80, 140}) {
            String text = render(width, false, runs.toArray(Run[]::new));
            String table = text.substring(text.indexOf("better)\n") + 8, text.indexOf("median,"));
            assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            assertThat(table)
                    .containsPattern("tasks 1\\b")
                    .containsPattern("tasks 10\\b")
                    .containsPattern("tasks 100\\b")
                    .contains("tasks 1000");
        }
    }

    @Test
    void render_colour_onlyWhenAskedAndWithoutMovingColumns() {
        Run run = run("create", "greenlets", "time", "ns", "1", 5.0, 6.0);
        String plain = render(80, false, run);
        String coloured = render(80, true, run);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
    }
}
