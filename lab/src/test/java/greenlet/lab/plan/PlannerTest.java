package greenlet.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.scenario.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {
    private static final List<Mechanism> TWO = List.of(new VirtualThreads(), new PlatformThreads());

    private static PlantedScenario planted(String name, int sizes, int costSeconds) {
        return new PlantedScenario(name, sizes, Duration.ofSeconds(costSeconds));
    }

    @Test
    void plan_whatFits_keepsAllSizesAndEstimatesTheirSum() {
        Plan plan = Planner.plan(List.of(planted("a", 3, 2)), TWO, Budget.DEFAULT);
        assertThat(plan.dropped()).isEmpty();
        assertThat(plan.estimate()).isEqualTo(Plan.AROUND.plusSeconds(3L * 2 * 2 * Budget.DEFAULT.forks()));
        assertThat(plan.workers()).isEqualTo(3 * 2 * Budget.DEFAULT.forks());
    }

    @Test
    void plan_tooLong_dropsTheLastSizesOfTheDearestAndNoRepeats() {
        // 360 s, of which 324 are planned: a has 3 sizes of 36 s, b 3 sizes of 120 s.
        Plan plan = Planner.plan(List.of(planted("a", 3, 6), planted("b", 3, 20)), TWO, Budget.DEFAULT);
        assertThat(plan.dropped())
                .extracting(group -> group.scenario().name() + group.size().get("n"))
                .containsExactly("b3", "a3");
        assertThat(plan.groups()).allSatisfy(group -> assertThat(group.forks()).isEqualTo(Budget.DEFAULT.forks()));
        assertThat(plan.estimate()).isEqualTo(Plan.AROUND.plusSeconds(2 * 36 + 2 * 120));
    }

    @Test
    void plan_droppingADearSizeLeavesRoom_keepsACheapOneOfHigherRank() {
        // 324 s are planned: a's third size goes first (6 s), then b's second (300 s), and then there is room for the
        // former again.
        Plan plan = Planner.plan(List.of(planted("a", 3, 1), planted("b", 2, 50)), TWO, Budget.DEFAULT);
        assertThat(plan.dropped()).extracting(group -> group.scenario().name()).containsExactly("b");
        assertThat(plan.groups()).hasSize(4);
    }

    @Test
    void plan_severalScenarios_measuresTheirFirstSizesFirst() {
        Plan plan = Planner.plan(List.of(planted("a", 2, 1), planted("b", 2, 1)), TWO, Budget.DEFAULT);
        assertThat(plan.groups())
                .extracting(group -> group.scenario().name() + group.size().get("n"))
                .containsExactly("a1", "b1", "a2", "b2");
    }

    @Test
    void plan_firstSizesAloneTooLong_keepsThemAndSaysSo() {
        Plan plan = Planner.plan(List.of(planted("a", 2, 500)), TWO, Budget.DEFAULT);
        assertThat(plan.groups()).hasSize(1);
        assertThat(plan.estimate()).isGreaterThan(Budget.DEFAULT.limit());
    }

    /** A column of another platform that costs ten times as much as ours. */
    private record Foreign(String name) implements ForeignMechanism {
        @Override
        public String about() {
            return "planted";
        }

        @Override
        public Optional<String> notApplicable(String scenario) {
            return scenario.equals("c") ? Optional.of("not c") : Optional.empty();
        }

        @Override
        public Duration cost(String scenario, SortedMap<String, String> parameters) {
            return Duration.ofSeconds(scenario.equals("a") ? 20 : 10);
        }

        @Override
        public List<String> command(Work work) {
            throw new UnsupportedOperationException("never run");
        }
    }

    @Test
    void plan_firstSizesTooLongWithOtherPlatforms_dropsTheirDearestColumnsOnly() {
        // 90 s, of which 81 are planned: ours take 60 s, the foreign columns 20, 10 and none.
        List<Mechanism> mechanisms = List.of(new VirtualThreads(), new Foreign("foreign"));
        Plan plan = Planner.plan(
                List.of(planted("a", 1, 20), planted("b", 1, 20), planted("c", 1, 20)), mechanisms, Budget.QUICK);
        assertThat(plan.estimate()).isEqualTo(Plan.AROUND.plusSeconds(70));
        assertThat(plan.dropped())
                .singleElement()
                .satisfies(group -> assertThat(group.cells())
                        .extracting(cell ->
                                cell.scenario().name() + cell.mechanism().name())
                        .containsExactly("aforeign"));
        assertThat(plan.groups()).extracting(group -> group.cells().size()).containsExactly(1, 2, 2);
    }

    @Test
    void plan_quick_takesOneSizeOfEach() {
        Plan plan = Planner.plan(List.of(planted("a", 3, 1), planted("b", 3, 1)), TWO, Budget.QUICK);
        assertThat(plan.groups()).extracting(group -> group.size().get("n")).containsExactly(1, 1);
    }

    @Test
    void plan_inapplicableCell_costsNothingAndKeepsItsReason() {
        Plan plan =
                Planner.plan(List.of(planted("a", 1, 2)), List.of(new VirtualThreads(), new Processes()), Budget.QUICK);
        assertThat(plan.estimate()).isEqualTo(Plan.AROUND.plusSeconds(2));
        assertThat(plan.groups().getFirst().cells().get(1).inapplicable()).contains("not with processes");
    }

    @ParameterizedTest
    @EnumSource(Budget.class)
    void plan_everythingThisProgramHas_fitsItsBudget(Budget budget) {
        Plan plan = Planner.plan(Scenarios.all(), Mechanisms.all(), budget);
        assertThat(plan.estimate()).isLessThanOrEqualTo(budget.limit());
    }
}
