package greenlet.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the verdicts on figures whose answer is known, reversed ones included. */
class JudgeTest {
    private static final String GREENLETS = "greenlets";
    private static final String THREADS = "platform-threads";
    private static final String VIRTUAL = "virtual-threads";

    @ParameterizedTest
    @CsvSource({
        // threads' time in units of the greenlets' time, spread of the samples, outcome
        "8.0,  0.05, HOLDS",
        "1.45, 0.05, HOLDS",
        "1.3,  0.05, TIE",
        "1.0,  0.02, TIE",
        "0.9,  0.30, TIE",
        "0.7,  0.30, TIE",
        "0.7,  0.05, DOES_NOT_HOLD",
        "0.01, 0.05, DOES_NOT_HOLD",
    })
    void ratio_ofPlantedSamples(double times, double spread, Outcome expected) {
        Report report = Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, spread)
                .around(Figures.SWITCH_TIME, THREADS, 100 * times, spread)
                .build();
        assertThat(jvm("switch-faster", report, Role.THREADS)).isEqualTo(expected);
    }

    @Test
    void speedClaim_getsAVerdictAgainstEachKindOfThreads() {
        Report report = Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, 0.05)
                .around(Figures.SWITCH_TIME, THREADS, 5000, 0.05)
                .around(Figures.SWITCH_TIME, VIRTUAL, 100, 0.05)
                .build();
        assertThat(jvm("switch-faster", report, Role.THREADS)).isEqualTo(Outcome.HOLDS);
        assertThat(jvm("switch-faster", report, Role.VIRTUAL_THREADS)).isEqualTo(Outcome.TIE);
        assertThat(verdict("switch-faster", report).outcome()).isEqualTo(Outcome.DEPENDS);
    }

    @Test
    void platforms_areJudgedApart() {
        Report report = Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, 0.05)
                .around(Figures.SWITCH_TIME, THREADS, 5000, 0.05)
                .around(Figures.SWITCH_TIME, "python-greenlets", 900, 0.05)
                .around(Figures.SWITCH_TIME, "python-threads", 300, 0.05)
                .build();
        assertThat(verdict("switch-faster", report).parts())
                .extracting(Verdict.Part::label, Verdict.Part::outcome)
                .containsExactly(tuple("JVM", Outcome.HOLDS), tuple("Python", Outcome.DOES_NOT_HOLD));
    }

    @Test
    void gevent_standsInWhereGreenletHasNoFigures() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, "gevent", 100, 0.05)
                .around(Figures.REQUESTS_CPU, "python-threads", 300, 0.05)
                .build();
        assertThat(verdict("network-requests", report).parts())
                .singleElement()
                .extracting(Verdict.Part::outcome)
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void sizesThatDiffer_depend() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.05, "n=10")
                .around(Figures.REQUESTS_CPU, THREADS, 100, 0.05, "n=10")
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.05, "n=1000")
                .around(Figures.REQUESTS_CPU, THREADS, 400, 0.05, "n=1000")
                .build();
        assertThat(jvm("network-requests", report, Role.THREADS)).isEqualTo(Outcome.DEPENDS);
        Answer answer = answer("network-requests", report, Figures.REQUESTS_CPU, Role.THREADS);
        assertThat(answer.findings()).extracting(Finding::outcome).containsExactly(Outcome.TIE, Outcome.HOLDS);
    }

    @Test
    void runsOfOtherSizes_areNotCompared() {
        Report report = Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, 0.05, "n=1")
                .around(Figures.SWITCH_TIME, THREADS, 900, 0.05, "n=2")
                .build();
        assertThat(verdict("switch-faster", report).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void missingFigures_areNotMeasured_withTheReasonOfTheReport() {
        Report report = Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, 0.05)
                .without(Figures.SWITCH_TIME, THREADS, "no such threads here")
                .build();
        Answer answer = answer("switch-faster", report, Figures.SWITCH_TIME, Role.THREADS);
        assertThat(answer.outcome()).isEqualTo(Outcome.NOT_MEASURED);
        assertThat(answer.reason()).isEqualTo("platform-threads: no such threads here");
        assertThat(answer("switch-faster", report, Figures.SWITCH_TIME, Role.VIRTUAL_THREADS)
                        .reason())
                .isEqualTo("no figures of switch/round-trip to compare");
    }

    @ParameterizedTest
    @CsvSource({
        "1.95, 1.0,  HOLDS, HOLDS",
        "1.0,  1.95, DOES_NOT_HOLD, DOES_NOT_HOLD",
        "1.3,  1.3,  DEPENDS, DEPENDS",
    })
    void growth_tellsWhatUsesCores(double threads, double greenlets, Outcome parallel, Outcome notParallel) {
        Report report = Planted.of()
                .around(Figures.SCIENCE, THREADS, 10, 0.02, "workers=1")
                .around(Figures.SCIENCE, THREADS, 10 * threads, 0.02, "workers=2")
                .around(Figures.SCIENCE, GREENLETS, 10, 0.02, "workers=1")
                .around(Figures.SCIENCE, GREENLETS, 10 * greenlets, 0.02, "workers=2")
                .build();
        assertThat(verdict("parallel", report).outcome()).isEqualTo(parallel);
        assertThat(verdict("not-parallel", report).outcome()).isEqualTo(notParallel);
    }

    /** The machine is a slice of a larger one, or somebody computes beside: seen as processes at twice the workers. */
    @ParameterizedTest
    @CsvSource({
        "1.9, HOLDS, DOES_NOT_HOLD",
        "1.4, NOT_MEASURED, NOT_MEASURED",
        "0.5, NOT_MEASURED, NOT_MEASURED",
    })
    void growth_isNotMeasured_whereNotEvenProcessesFindACore(double processes, Outcome parallel, Outcome notParallel) {
        double others = Math.max(processes, 1);
        Report report = Planted.of()
                .around(Figures.SCIENCE, THREADS, 10, 0.02, "workers=1")
                .around(Figures.SCIENCE, THREADS, 10 * others, 0.02, "workers=2")
                .around(Figures.SCIENCE, GREENLETS, 10, 0.02, "workers=1")
                .around(Figures.SCIENCE, GREENLETS, 10 * others, 0.02, "workers=2")
                .around(Figures.SCIENCE, "processes", 10, 0.02, "workers=1")
                .around(Figures.SCIENCE, "processes", 10 * processes, 0.02, "workers=2")
                .build();
        assertThat(verdict("parallel", report).outcome()).isEqualTo(parallel);
        assertThat(verdict("not-parallel", report).outcome()).isEqualTo(notParallel);
        if (parallel == Outcome.NOT_MEASURED) {
            assertThat(verdict("parallel", report).answers())
                    .extracting(Answer::reason)
                    .anySatisfy(reason -> assertThat(reason)
                            .startsWith(
                                    "there was no core to spare: not even processes gained enough by more workers"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // one sample of memory a task: beyond the margin is not enough, beyond its square is
        "2.0,  TIE",
        "2.3,  HOLDS",
        "0.65, TIE",
        "0.43, DOES_NOT_HOLD",
    })
    void ratio_ofASingleSample_mustPassTheSquareOfTheMargin(double times, Outcome expected) {
        Report report = Planted.of()
                .samples(Figures.MEMORY_RESIDENT, GREENLETS, List.of(1000.0))
                .samples(Figures.MEMORY_RESIDENT, VIRTUAL, List.of(1000 * times))
                .build();
        assertThat(jvm("own-stack", report, Role.VIRTUAL_THREADS)).isEqualTo(expected);
        assertThat(verdict("own-stack", report).strength()).isEqualTo(Strength.INDICATED);
    }

    @Test
    void growth_ofASingleSize_isNotMeasured() {
        Report report = Planted.of()
                .around(Figures.SCIENCE, THREADS, 10, 0.02, "workers=1")
                .build();
        assertThat(verdict("parallel", report).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @ParameterizedTest
    @CsvSource({
        // lost by threads, lost by greenlets, lost by greenlets with a hidden call, outcome
        "900, 0, 0, HOLDS",
        "900, 0, 50, DEPENDS",
        "0, 7, 50, DEPENDS",
    })
    void level_ofLostUpdates(double threads, double greenlets, double withCall, Outcome expected) {
        Report report = Planted.of()
                .around(Figures.LOST_UPDATES, THREADS, threads, 0.1)
                .around(Figures.LOST_UPDATES, GREENLETS, greenlets, 0.1)
                .around(Figures.LOST_WITH_CALL, GREENLETS, withCall, 0.1)
                .build();
        assertThat(verdict("locks", report).outcome()).isEqualTo(expected);
    }

    @Test
    void level_ofARaceThatWasNotSeen_isNotRefuted_whileOneThatWasIs() {
        Report report = Planted.of()
                .around(Figures.LOST_UPDATES, THREADS, 0, 0)
                .around(Figures.LOST_UPDATES, GREENLETS, 7, 0.1)
                .around(Figures.REPEATED, GREENLETS, 0.5, 0.1)
                .around(Figures.REPEATED, THREADS, 1, 0)
                .build();
        assertThat(verdict("locks", report).answers().stream().filter(Answer::isMeasured))
                .extracting(Answer::outcome)
                .containsExactly(Outcome.DEPENDS, Outcome.DOES_NOT_HOLD);
        assertThat(verdict("control", report).answers().stream().filter(Answer::isMeasured))
                .extracting(Answer::outcome)
                .containsExactly(Outcome.DOES_NOT_HOLD, Outcome.DEPENDS);
    }

    @Test
    void zeros_areComparedWithoutDividingByThem() {
        Report report = Planted.of()
                .around(Figures.STALL, GREENLETS, 5e6, 0.1, "cores=1")
                .around(Figures.STALL, THREADS, 0, 0, "cores=1")
                .build();
        assertThat(verdict("os-scheduling", report).outcome()).isEqualTo(Outcome.HOLDS);
        Report equal = Planted.of()
                .around(Figures.STALL, GREENLETS, 0, 0, "cores=1")
                .around(Figures.STALL, THREADS, 0, 0, "cores=1")
                .build();
        assertThat(verdict("os-scheduling", equal).outcome()).isEqualTo(Outcome.TIE);
    }

    @Test
    void stallOnTwoCores_doesNotSettleTimeSharing() {
        Report report = Planted.of()
                .around(Figures.STALL, GREENLETS, 5e6, 0.1, "cores=2")
                .around(Figures.STALL, THREADS, 1e6, 0.1, "cores=2")
                .build();
        assertThat(verdict("os-scheduling", report).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void negativeFigures_giveNoRatio() {
        Report report = Planted.of()
                .samples(Figures.MEMORY_RESIDENT, GREENLETS, List.of(-10.0, 5.0, 7.0))
                .around(Figures.MEMORY_RESIDENT, THREADS, 900, 0.05)
                .build();
        assertThat(verdict("lightweight", report).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void claimThatRestsOnOthers_isJudgedByTheirQuestions() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.05)
                .around(Figures.REQUESTS_CPU, THREADS, 300, 0.05)
                .around(Figures.VIDEO, GREENLETS, 10, 0.05, "workers=2")
                .around(Figures.VIDEO, THREADS, 19, 0.05, "workers=2")
                .build();
        assertThat(verdict("io-bound", report).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(verdict("cpu-bound", report).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(verdict("choice-depends", report).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void quickPartialOrFewSamples_onlyIndicate() {
        assertThat(words(planted().budget(Budget.QUICK))).isEqualTo("indicates: holds");
        assertThat(words(planted().partial())).isEqualTo("indicates: holds");
        assertThat(words(planted())).isEqualTo("holds");
        Planted few = Planted.of()
                .samples(Figures.SWITCH_TIME, GREENLETS, List.of(100.0, 101.0))
                .around(Figures.SWITCH_TIME, THREADS, 500, 0.05);
        assertThat(words(few)).isEqualTo("indicates: holds");
    }

    @Test
    void threeRunsInARow_neverFlipBetweenHoldsAndDoesNotHold_howeverCloseToAMargin() {
        SplittableRandom noise = new SplittableRandom(7);
        for (double times = 0.5; times < 2; times += 0.01) {
            double truth = times;
            List<Outcome> outcomes = IntStream.range(0, 3)
                    .mapToObj(run -> jvm("switch-faster", noisy(noise, truth), Role.THREADS))
                    .toList();
            assertThat(outcomes.containsAll(List.of(Outcome.HOLDS, Outcome.DOES_NOT_HOLD)))
                    .as("at %.2f: %s", truth, outcomes)
                    .isFalse();
        }
    }

    /** Samples with 10 % noise each, and 10 % by which whole runs differ. */
    private static Report noisy(SplittableRandom noise, double times) {
        double drift = noise.nextDouble(0.9, 1.1);
        return Planted.of()
                .samples(Figures.SWITCH_TIME, GREENLETS, samples(noise, 100))
                .samples(Figures.SWITCH_TIME, THREADS, samples(noise, 100 * times * drift))
                .build();
    }

    private static List<Double> samples(SplittableRandom noise, double median) {
        return noise.doubles(9, 0.9 * median, 1.1 * median).boxed().toList();
    }

    private static Planted planted() {
        return Planted.of()
                .around(Figures.SWITCH_TIME, GREENLETS, 100, 0.05)
                .around(Figures.SWITCH_TIME, THREADS, 500, 0.05);
    }

    private static String words(Planted planted) {
        Verdict verdict = verdict("switch-faster", planted.build());
        return verdict.strength().words(verdict.outcome());
    }

    private static Verdict verdict(String claim, Report report) {
        return Judge.of(report).judge(Claims.require(claim));
    }

    private static Outcome jvm(String claim, Report report, Role rival) {
        return verdict(claim, report).parts().stream()
                .filter(part -> part.platform() == Platform.JVM && part.rival() == rival)
                .map(Verdict.Part::outcome)
                .findFirst()
                .orElse(Outcome.NOT_MEASURED);
    }

    private static Answer answer(String claim, Report report, Figure figure, Role rival) {
        return verdict(claim, report).answers().stream()
                .filter(each -> each.platform() == Platform.JVM)
                .filter(each -> each.question().measure().figure().equals(figure))
                .filter(each -> each.question().rival() == rival)
                .findFirst()
                .orElseThrow();
    }
}
