package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Group;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.plan.PlantedScenario;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What a slow machine leaves out, told by planted costs and planted times: nothing is run. */
class PacingTest {
    /** A worker of ours costs twenty seconds, and is not repeated. */
    private static Scenario planted(String name, int sizeCount) {
        return new PlantedScenario(name, sizeCount, Duration.ofSeconds(20)) {
            @Override
            public int forks(Budget budget, Size size) {
                return 1;
            }
        };
    }

    /** A worker of another platform costs five. */
    private record Foreign(String name) implements ForeignMechanism {
        @Override
        public String about() {
            return "planted";
        }

        @Override
        public Optional<String> notApplicable(String scenario) {
            return Optional.empty();
        }

        @Override
        public Duration cost(String scenario, SortedMap<String, String> parameters) {
            return Duration.ofSeconds(5);
        }

        @Override
        public List<String> command(Work work) {
            throw new UnsupportedOperationException("never run");
        }
    }

    /** Two seconds for what is around it, and three times 25 seconds. */
    private static Plan plan(Scenario... scenarios) {
        return Planner.plan(List.of(scenarios), List.of(new Greenlets(), new Foreign("foreign")), Budget.QUICK);
    }

    private static final Plan THREE = plan(planted("a", 1), planted("b", 1), planted("c", 1));

    private static Pacing after(Plan plan, int groups) {
        Pacing pacing = new Pacing(plan);
        plan.groups().subList(0, groups).stream()
                .map(Group::cells)
                .flatMap(List::stream)
                .forEach((Cell cell) -> pacing.onWorker(cell));
        return pacing;
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void leavesOutForeign_asFastAsPlanned_no() {
        assertThat(after(THREE, 1).leavesOutForeign(1, seconds(26))).isFalse();
        assertThat(after(THREE, 2).leavesOutForeign(2, seconds(52))).isFalse();
    }

    @Test
    void leavesOutForeign_slowerThanTheLimitAllows_yes() {
        // 25 s of 75 took 35: the rest would end at 105 s of 90.
        assertThat(after(THREE, 1).leavesOutForeign(1, seconds(35))).isTrue();
        // A machine that was slow and has caught up: 50 s took 58, the rest ends at 87.
        assertThat(after(THREE, 2).leavesOutForeign(2, seconds(58))).isFalse();
    }

    @Test
    void leavesOutForeign_littleIsKnown_no() {
        // Nothing has run to its end yet: that it is late may be the first worker's bad luck.
        assertThat(new Pacing(THREE).leavesOutForeign(0, seconds(60))).isFalse();
    }

    @Test
    void fits_aSizeThatMayBeLeftOut_countsTheMachinesPace() {
        Plan plan = Planner.plan(List.of(planted("a", 4)), List.of(new Greenlets()), Budget.DEFAULT);
        Group last = plan.groups().getLast();
        assertThat(after(plan, 3).fits(last, seconds(60))).isTrue();
        // 60 s took 300: twenty more would take 100, and 360 are allowed.
        assertThat(after(plan, 3).fits(last, seconds(300))).isFalse();
        // A machine that is faster than planned is not relied upon to stay so.
        assertThat(after(plan, 3).fits(last, seconds(10))).isTrue();
    }

    @Test
    void left_isTheRestAtThePaceSoFar() {
        assertThat(after(THREE, 1).left(seconds(50))).isEqualTo(seconds(104));
        assertThat(after(THREE, 0).left(seconds(50))).isEqualTo(THREE.estimate());
        assertThat(after(THREE, 3).left(seconds(75))).isEqualTo(seconds(2));
    }
}
