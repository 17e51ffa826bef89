package greenlet.bench.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Rounds, ratios, tables and refusals, with forks that return what the test says. */
class RatiosTest {
    private static final Question QUESTION = Question.of("q", "A question", Case.of("floor", "X.floor"))
            .promising(Case.of("ours", "X.ours"), 1.15)
            .against(Case.of("peer", "X.peer"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measure_eachRound_runsEachCaseOnceInAlternatingOrder() throws RunnerException {
        List<String> order = new ArrayList<>();
        new Rounds(
                        what -> {
                            order.add(what.label());
                            return 1;
                        },
                        _ -> {})
                .measure(QUESTION, 3);

        assertThat(order).containsExactly("floor", "ours", "peer", "peer", "ours", "floor", "floor", "ours", "peer");
    }

    @Test
    void ratio_ofAMachineThatSlowsDown_isTakenWithinEachRound() throws RunnerException {
        double[] slowness = {1, 1};
        Answer answer = new Rounds(
                        what -> {
                            slowness[0] += 0.01;
                            return (what.label().equals("floor") ? 100 : 110) * Math.floor(slowness[0] * 100 / 3);
                        },
                        _ -> {})
                .measure(QUESTION, 12);

        assertThat(answer.ratio(1).median()).isCloseTo(1.1, within(0.02));
    }

    @Test
    void toMarkdown_ofMeasurements_statesMedianIntervalAndVerdict() {
        List<Double> floor = List.of(100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0);
        List<Double> ours = List.of(108.0, 108.0, 109.0, 109.0, 110.0, 110.0, 111.0, 111.0, 112.0, 130.0);
        List<Double> peer = List.of(200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0, 200.0);

        assertThat(new Answer(QUESTION, List.of(floor, ours, peer)).toMarkdown())
                .contains("| 10 rounds, floor and contenders in turn | ns | ratio | interval (98 %) | promised |")
                .contains("| floor | 100.0 | 1 | | |")
                .contains("| ours | 110.0 | 1.10 | 1.08 … 1.12 | ≤ 1.15: kept |")
                .contains("| peer | 200.0 | 2.00 | 2.00 … 2.00 |  |");
    }

    @Test
    void toMarkdown_limitAboveInsideBelowTheInterval_isKeptOpenMissed() {
        assertThat(verdict(1.0, 1.1)).isEqualTo("≤ 1.15: kept");
        assertThat(verdict(1.1, 1.2)).isEqualTo("≤ 1.15: open, the interval holds the limit");
        assertThat(verdict(1.2, 1.3)).isEqualTo("≤ 1.15: missed");
    }

    @Test
    void toMarkdown_fewRounds_givesNoVerdict() {
        assertThat(new Answer(QUESTION, List.of(List.of(100.0), List.of(101.0), List.of(200.0))).toMarkdown())
                .contains("| ≤ 1.15: open, too few rounds |");
    }

    private static String verdict(double low, double high) {
        return Answer.verdict(
                new greenlet.lab.measure.Interval((low + high) / 2, low, high), java.util.OptionalDouble.of(1.15), 10);
    }

    @Test
    void answer_unknownQuestion_exitsTwoAndListsTheKnown() {
        assertThat(answer("swich")).isEqualTo(2);
        assertThat(text(err))
                .contains("Cannot answer 'swich': no such question.")
                .contains("questions: switch, depth, life, handover, yield, watch, generator-1");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void answer_badRounds_exitsTwo() {
        assertThat(answer("--rounds=0")).isEqualTo(2);
        assertThat(answer("--rounds=many")).isEqualTo(2);
        assertThat(text(err)).contains("Cannot run 'many' rounds: give a whole number above 0.");
    }

    @Test
    void answer_forkFails_exitsOneNamingTheQuestion() {
        int exit = new Ratios(print(out), print(err), _ -> _ -> {
                    throw new RunnerException("planned");
                })
                .answer(List.of("life"));

        assertThat(exit).isEqualTo(1);
        assertThat(text(err)).contains("Cannot answer 'life': a fork failed").contains("planned");
    }

    @Test
    void answer_askedForOne_printsItsTableOnly() {
        assertThat(answer("life", "--rounds=1")).isZero();
        assertThat(text(out))
                .startsWith("Measured on ")
                .contains("### Create, run and finish")
                .containsOnlyOnce("###");
    }

    private int answer(String... arguments) {
        return new Ratios(print(out), print(err), _ -> _ -> 1).answer(List.of(arguments));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
