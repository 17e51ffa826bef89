package greenlet.lab.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Run;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.GreenletsPerCore;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final List<Mechanism> MECHANISMS = List.of(
            new Greenlets(), new GreenletsPerCore(), new VirtualThreads(), new PlatformThreads(), new Processes());

    @Test
    void bothCurves_takeTwentyMinutesAtMost_andLeaveOutProcesses() {
        Plan plan = Planner.plan(List.copyOf(Curves.all()), MECHANISMS, Budget.THOROUGH);
        assertThat(plan.estimate()).isLessThanOrEqualTo(Duration.ofMinutes(20));
        assertThat(plan.dropped()).isEmpty();
        assertThat(plan.groups().stream().flatMap(group -> group.cells().stream()))
                .noneMatch(cell -> cell.mechanism() instanceof Processes);
    }

    @Test
    void thoroughComparison_withCurves_keepsToItsBudget_andToTheEndsOfEachCurve() {
        List<Scenario> all = new ArrayList<>(Scenarios.all());
        all.addAll(Curves.all());
        Plan plan = Planner.plan(all, MECHANISMS, Budget.THOROUGH);
        assertThat(plan.estimate()).isLessThanOrEqualTo(Budget.THOROUGH.limit());
        assertThat(plan.groups())
                .extracting(group -> group.size().parameters())
                .contains(
                        Size.of("connections", 10).parameters(),
                        Size.of("connections", 10_000).parameters(),
                        Size.of("cpuPercent", 0).parameters(),
                        Size.of("cpuPercent", 100).parameters());
    }

    /** The least telling points may go for time; what is left must still show a form. */
    @Test
    void thoroughComparison_withPython_keepsFivePointsOfEachCurveAtLeast() {
        List<Scenario> all = new ArrayList<>(Scenarios.all());
        all.addAll(Curves.all());
        Plan plan = Planner.plan(all, Mechanisms.all(), Budget.THOROUGH);
        assertThat(plan.estimate()).isLessThanOrEqualTo(Budget.THOROUGH.limit().minusSeconds(90));
        assertThat(plan.groups())
                .filteredOn(group -> group.scenario() instanceof ConnectionsCurve)
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(plan.groups())
                .filteredOn(group -> group.scenario() instanceof CpuShareCurve)
                .hasSizeGreaterThanOrEqualTo(5);
    }

    /** Where one hub is one core, a hub per core stands beside it; nowhere else would it be another figure. */
    @Test
    void hubPerCore_concernsTheCpuShareCurveOnly() {
        List<Scenario> all = new ArrayList<>(Scenarios.all());
        all.addAll(Curves.all());
        assertThat(all)
                .filteredOn(scenario -> scenario.concerns(new GreenletsPerCore()))
                .extracting(Scenario::name)
                .containsExactly("cpu-share");
    }

    @Test
    void hubPerCore_onOneCore_isNotApplicable() {
        assertThat(CpuShareCurve.againstHubs(1)).contains("there is one core: a hub per core is one hub");
        assertThat(CpuShareCurve.againstHubs(2)).isEmpty();
    }

    /** One in a hundred is above a p99: below a thousand requests it would be the word of a few. */
    @Test
    void p99_isOfAThousandRequestsAtLeast_andSaysOfHowMany() {
        for (Curve curve : Curves.all()) {
            assertThat(curve.requests()).as(curve.name()).isGreaterThanOrEqualTo(1000);
        }
        assertThat(new ConnectionsCurve().metrics(Size.ONLY))
                .filteredOn(metric -> metric.name().equals("p99"))
                .extracting(Metric::about)
                .containsExactly("99th percentile of latency at a fixed rate, in windows of 3,000 requests");
    }

    @Test
    void memory_saysWhenItWasMeasured() {
        assertThat(new ConnectionsCurve().memory().about()).endsWith("before any load");
        assertThat(new CpuShareCurve().memory().about())
                .endsWith("64 connections add in all, with a request under way on each");
        assertThat(new CpuShareCurve().memory().name()).isEqualTo(Curve.MEMORY.name());
    }

    @Test
    void spread_takesTheEndsFirst_andEachPointOnce() {
        assertThat(Curve.spread(List.of(10, 30, 100, 300, 1000, 3000, 10_000)))
                .startsWith(10, 10_000, 300)
                .containsExactlyInAnyOrder(10, 30, 100, 300, 1000, 3000, 10_000);
        assertThat(Curve.spread(List.of(7))).containsExactly(7);
        assertThat(Curve.spread(List.of(7, 8))).containsExactly(7, 8);
    }

    @Test
    void at_pointsBeyondTheAxis_isRefusedWithItsEnds() {
        assertThat(new CpuShareCurve().at(List.of(100, 0, 0)).points()).containsExactly(0, 100);
        assertThatThrownBy(() -> new CpuShareCurve().at(List.of(50, 101)))
                .hasMessage("Cannot measure the curve cpu-share at [50, 101]: give whole numbers from 0 to 100,"
                        + " separated by commas.");
        assertThatThrownBy(() -> new ConnectionsCurve().at(List.of(0))).hasMessageContaining("from 1 to 25000");
    }

    @Test
    void alongTheAxis_sortsCurvesAndLeavesTheRest() {
        List<Run> runs = List.of(
                run("memory", "depth", 10),
                run("connections", "connections", 10_000),
                run("connections", "connections", 10),
                run("memory", "depth", 1));
        assertThat(Curves.alongTheAxis(runs)).containsExactly(runs.get(0), runs.get(3), runs.get(2), runs.get(1));
    }

    private static Run run(String scenario, String parameter, int value) {
        return Run.measured(
                scenario,
                "greenlets",
                "memory",
                "bytes",
                Size.of(parameter, value).parameters(),
                List.of(1.0));
    }
}
