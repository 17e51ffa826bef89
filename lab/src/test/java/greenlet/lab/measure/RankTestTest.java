package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankTestTest {
    private static List<Double> normal(Random random, int count, double shift) {
        return IntStream.range(0, count)
                .mapToObj(_ -> shift + random.nextGaussian())
                .toList();
    }

    @Test
    void pValue_completelyApart_isTwoOfAllChoices() {
        assertThat(RankTest.pValue(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)))
                .isEqualTo(2 / 20.0, within(1e-12));
        assertThat(RankTest.pValue(List.of(5.0, 6.0, 7.0, 8.0), List.of(1.0, 2.0, 3.0, 4.0)))
                .isEqualTo(2 / 70.0, within(1e-12));
    }

    /** Lehmann, table B: for 4 and 5 samples P(W <= 12) = 4/126, W the smaller side's rank sum; two-sided twice that. */
    @Test
    void pValue_knownRankSum_isTheTables() {
        assertThat(RankTest.pValue(List.of(1.0, 2.0, 3.0, 6.0), List.of(4.0, 5.0, 7.0, 8.0, 9.0)))
                .isEqualTo(2 * 4 / 126.0, within(1e-12));
    }

    @Test
    void pValue_allEqual_isOne() {
        assertThat(RankTest.pValue(List.of(1.0, 1.0), List.of(1.0, 1.0, 1.0))).isEqualTo(1.0, within(1e-12));
    }

    @Test
    void pValue_sameSource_isSmallAsRarelyAsItSays() {
        Random random = new Random(11);
        int alarms = 0;
        for (int trial = 0; trial < 2000; trial++) {
            alarms += RankTest.pValue(normal(random, 9, 0), normal(random, 9, 0)) <= 0.05 ? 1 : 0;
        }
        assertThat(alarms / 2000.0).isBetween(0.02, 0.06);
    }

    @Test
    void pValue_shiftedSource_isFound() {
        Random random = new Random(12);
        assertThat(RankTest.pValue(normal(random, 9, 0), normal(random, 9, 3))).isLessThan(0.01);
    }
}
