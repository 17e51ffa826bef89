package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.fork.Comparison;
import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.fork.Stop;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.scenario.AtPace;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real workers of a real interpreter, at a pace too fast for figures: every metric of every scenario is there, or says why not. */
class PythonWorkerTest {
    private static final String PACE = "0.05";

    @RegisterExtension
    final AtPace atPace = new AtPace(PACE);

    static Stream<String> scenarios() {
        return Scenarios.all().stream().map(Scenario::name);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void measure_anyScenario_givesEveryMetricOrTheReason(String scenario) throws Exception {
        SuitablePython.require();

        List<Run> runs = measure(scenario, Budget.DEFAULT);

        assertThat(runs)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(run.status()).as("%s", run).isIn(Status.MEASURED, Status.NOT_APPLICABLE));
        assertThat(runs)
                .filteredOn(Run::isMeasured)
                .allSatisfy(run -> assertThat(run.samples())
                        .as("%s", run)
                        .allSatisfy(sample -> assertThat(sample).isFinite().isNotNegative()));
    }

    @Test
    void switch_explicitGreenlets_takeNoSwitchOfTheOperatingSystem() throws Exception {
        SuitablePython.require();

        List<Run> runs = measure("switch", Budget.QUICK);

        assertThat(median(runs, "python-greenlets", "os-switches")).isLessThan(0.1);
        assertThat(median(runs, "python-processes", "os-switches")).isGreaterThan(0.1);
    }

    @Test
    void memory_liveHeap_isSaidToBeUnknown() throws Exception {
        SuitablePython.require();

        assertThat(measure("memory", Budget.QUICK))
                .filteredOn(run -> run.metric().equals("heap"))
                .allSatisfy(run -> {
                    assertThat(run.status()).isEqualTo(Status.NOT_APPLICABLE);
                    assertThat(run.reason()).contains("Python does not tell live objects");
                });
    }

    private static double median(List<Run> runs, String mechanism, String metric) {
        return runs.stream()
                .filter(run -> run.mechanism().equals(mechanism) && run.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .median();
    }

    private static List<Run> measure(String scenario, Budget budget) throws Exception {
        List<Mechanism> columns = List.of(
                PythonMechanism.greenlets(),
                PythonMechanism.gevent(),
                PythonMechanism.threads(),
                PythonMechanism.processes());
        Plan plan = Planner.plan(List.of(Scenarios.named(scenario).orElseThrow()), columns, budget);
        return new Comparison(once(plan), new Silence(), new Stop()).run().runs();
    }

    /** One worker a cell: repeats would show nothing else. */
    private static Plan once(Plan plan) {
        List<Group> groups = plan.groups().stream()
                .map(group -> new Group(group.scenario(), group.size(), group.rank(), 1, group.cells()))
                .toList();
        return new Plan(plan.budget(), groups, List.of());
    }

    private static final class Silence implements Progress {
        @Override
        public void onStart(Plan plan) {}

        @Override
        public void onWorker(Cell cell, int fork, int forks, Duration left) {}

        @Override
        public void onOutcome(Cell cell, Outcome outcome) {}

        @Override
        public void onEnd() {}
    }
}
