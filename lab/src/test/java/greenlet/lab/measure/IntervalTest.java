package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static List<Double> oneTo(int n) {
        return IntStream.rangeClosed(1, n).mapToObj(i -> (double) i).toList();
    }

    /** Ranks from the tables of binomial confidence limits for the median (95 %). */
    @ParameterizedTest
    @CsvSource({"1,1,1,1", "3,2,1,3", "5,3,1,5", "6,3.5,1,6", "8,4.5,1,8", "9,5,2,8", "12,6.5,3,10", "15,8,4,12"})
    void ofMedian_sizesOfTheTable_giveItsRanks(int n, double median, double low, double high) {
        assertThat(Interval.ofMedian(oneTo(n))).isEqualTo(new Interval(median, low, high));
    }

    @Test
    void ofMedian_unsortedWithAnOutlier_ignoresHowFarOutItIs() {
        List<Double> samples = List.of(5.0, 1.0, 4.0, 2.0, 3.0, 6.0, 7.0, 8.0, 1e9);
        assertThat(Interval.ofMedian(samples)).isEqualTo(new Interval(5, 2, 8));
    }

    @ParameterizedTest
    @CsvSource({"3,0.75", "5,0.9375", "6,0.96875", "9,0.9609375"})
    void coverage_knownSizes_isTheBinomialOne(int n, double expected) {
        assertThat(Interval.coverage(n)).isEqualTo(expected, within(1e-12));
    }

    @Test
    void ofMedian_manySkewedDraws_coverTheTrueMedianAsOftenAsSaid() {
        Random random = new Random(7);
        int covered = 0;
        for (int trial = 0; trial < 4000; trial++) {
            List<Double> draws = IntStream.range(0, 12)
                    .mapToObj(_ -> Math.exp(random.nextGaussian()))
                    .toList();
            Interval interval = Interval.ofMedian(draws);
            covered += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
        }
        assertThat(covered / 4000.0).isEqualTo(Interval.coverage(12), within(0.02));
    }

    @Test
    void overlaps_touchingOrNested_isATieAndApartIsNot() {
        Interval a = new Interval(2, 1, 3);
        assertThat(a.overlaps(new Interval(4, 3, 5))).isTrue();
        assertThat(a.overlaps(new Interval(2, 1.5, 2.5))).isTrue();
        assertThat(new Interval(2, 1.5, 2.5).overlaps(a)).isTrue();
        assertThat(a.overlaps(new Interval(4, 3.01, 5))).isFalse();
        assertThat(new Interval(4, 3.01, 5).overlaps(a)).isFalse();
    }

    @Test
    void ofMedian_noneOrNotANumber_isRefused() {
        assertThatThrownBy(() -> Interval.ofMedian(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interval.ofMedian(List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numbers only");
    }
}
