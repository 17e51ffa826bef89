package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.report.annotated.PlantedComparison;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverviewTest {
    private static final Machine MACHINE =
            new Machine("Linux", "6", "amd64", "A CPU", 2, 1, "25", "HotSpot", "0.1", new TreeMap<>());

    private static Run run(String scenario, String mechanism, String metric, String unit, Double... samples) {
        return Run.measured(scenario, mechanism, metric, unit, new TreeMap<>(Map.of("tasks", "7")), List.of(samples));
    }

    private static String render(int width, Run... runs) {
        return new Overview(width, false)
                .render(new Report(
                        Report.SCHEMA, Instant.EPOCH, Instant.EPOCH, Budget.QUICK, true, MACHINE, List.of(runs)));
    }

    private static String line(String text, String start) {
        return text.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line '" + start + "' in\n" + text));
    }

    /** It comes up after all scenarios of Python, and Python's columns are told apart by one heading above the first of them. */
    @Test
    void render_mechanismOfCurvesOnly_standsBeforePythonsColumns() {
        String text = render(
                140,
                run("create", "greenlets", "time", "ns", 100.0),
                run("create", "gevent", "time", "ns", 900.0),
                run("cpu-share", "greenlets", "throughput", "1/s", 900.0),
                run("cpu-share", "greenlets-per-core", "throughput", "1/s", 1800.0));
        assertThat(text.lines().filter(line -> line.contains("per core")))
                .singleElement()
                .satisfies(line -> assertThat(line.indexOf("per core"))
                        .isBetween(line.indexOf("greenlets"), line.indexOf("gevent")));
    }

    @Test
    void render_marksTheBestOfARowAndWhatIsNotApartFromIt() {
        String text = render(
                100,
                run("create", "greenlets", "time", "ns", 100.0, 110.0, 120.0),
                run("create", "virtual-threads", "time", "ns", 118.0, 130.0, 140.0),
                run("create", "platform-threads", "time", "ns", 1000.0, 1100.0, 1200.0),
                run("server", "greenlets", "throughput", "1/s", 1000.0),
                run("server", "virtual-threads", "throughput", "1/s", 42_500.0));
        assertThat(line(text, "create a task, 7")).matches(".* 110 ns\\* ±9% +130 ns= ±9% +1\\.10 µs +±9%");
        assertThat(line(text, "server rate, 7 ^")).matches(".* 1\\.00 k/s +42\\.5 k/s\\* +-");
        assertThat(text).contains("greenlets", "virtual", "Indicative only", "Partial");
    }

    @Test
    void render_wideInterval_isSaidInAWord() {
        String text = render(
                100,
                run("create", "greenlets", "time", "ns", 100.0, 110.0, 250.0),
                run("create", "virtual-threads", "time", "ns", 0.0, 0.0, 7.0),
                run("create", "platform-threads", "time", "ns", 7.0));
        assertThat(line(text, "create a task, 7")).matches(".* 110 ns +wide +0 ns\\* wide +7 ns=");
    }

    @Test
    void render_pythonBesideTheJvm_hasABestOfItsOwn() {
        String text = render(
                100,
                run("create", "greenlets", "time", "ns", 100.0),
                run("create", "gevent", "time", "ns", 5000.0),
                run("create", "python-threads", "time", "ns", 90.0));
        assertThat(line(text, "create a task, 7")).matches(".* 100 ns\\* +5\\.00 µs +90 ns\\*");
    }

    @Test
    void render_everythingThereIs_fitsAHundredColumnsAndAScreen() {
        String text = new Overview(100, false).render(PlantedComparison.full(Budget.DEFAULT));
        assertThat(text.lines())
                .hasSizeLessThan(55)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(text).contains("in Python:").doesNotContain("[");
    }

    @Test
    void render_narrow_setsColumnsBelowEachOther() {
        String text = new Overview(60, false).render(PlantedComparison.full(Budget.DEFAULT));
        assertThat(text.lines().filter(line -> !line.startsWith("* best")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(text.lines()
                        .filter(line -> line.startsWith("create a task, 100"))
                        .count())
                .isGreaterThan(1);
    }

    @Test
    void render_interruptedBeforeAnythingWasMeasured_hasNoEmptyTable() {
        String text = new Overview(100, false).render(PlantedComparison.empty());
        assertThat(text).isEqualTo("Partial: it was ended before its plan was through.\n");
    }

    @Test
    void render_failedAndSkipped_areNamedOnceBelow() {
        Run good = run("create", "greenlets", "time", "ns", 1.0, 2.0, 3.0);
        String text = render(
                100,
                good,
                Run.without("create", "processes", "time", "ns", good.parameters(), Status.FAILED, "crashed"),
                Run.without("create", "gevent", "time", "ns", good.parameters(), Status.SKIPPED, "no time"));
        assertThat(line(text, "create a task")).contains("failed").endsWith("-");
        assertThat(text)
                .contains("Failed: create on processes: crashed")
                .contains("Not measured, wholly or in part: create (tasks 7).");
    }
}
