package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.curve.ConnectionsCurve;
import greenlet.lab.curve.CpuShareCurve;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.JvmFlags;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerFlagsTest {
    private static final Plan PLAN = Planner.plan(
            List.of(new ConnectionsCurve().at(List.of(10)), new CpuShareCurve()),
            List.of(new Greenlets(), new PlatformThreads()),
            Budget.THOROUGH);

    /** What a report says is what stands between program and class path on the command line of each worker. */
    @Test
    void flags_areThoseOfTheCommandLines() {
        List<JvmFlags> told = WorkerFlags.of(PLAN);
        assertThat(told).hasSameSizeAs(PLAN.groups());
        for (int i = 0; i < told.size(); i++) {
            Group group = PLAN.groups().get(i);
            for (Cell cell : group.cells()) {
                List<String> command = WorkerCommand.of(cell);
                assertThat(command.subList(1, command.indexOf("-cp")))
                        .isEqualTo(told.get(i).flags());
            }
            assertThat(told.get(i).scenario()).isEqualTo(group.scenario().name());
            assertThat(told.get(i).parameters()).isEqualTo(group.size().parameters());
        }
    }

    @Test
    void flags_ofAServerOnOneCore_sayThatItsJvmKnowsOfOne() {
        assertThat(WorkerFlags.of(PLAN).getFirst().flags())
                .contains("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "--enable-native-access=ALL-UNNAMED");
    }
}
