package greenlet.lab.curve;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.curve.Crossings.Pair;
import greenlet.lab.curve.Crossings.Place;
import greenlet.lab.curve.Crossings.Standing;
import greenlet.lab.measure.Crossing;
import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Planted curves, whose crossings are known. */
class CrossingsTest {
    private static final double[] DECADES = {10, 30, 100, 300, 1000, 3000, 10_000};
    private static final double NARROW = 0.02;

    private static Interval around(double median, double share) {
        return new Interval(median, median * (1 - share), median * (1 + share));
    }

    private static List<Pair> pairs(DoubleUnaryOperator one, DoubleUnaryOperator other, double share) {
        List<Pair> pairs = new ArrayList<>();
        for (double x : DECADES) {
            pairs.add(new Pair(x, around(one.applyAsDouble(x), share), around(other.applyAsDouble(x), share)));
        }
        return pairs;
    }

    /** The one rises with the root of x, the other falls with it: they meet at 500. */
    private static List<Pair> meetAt500() {
        return pairs(x -> Math.sqrt(x / 500), x -> Math.sqrt(500 / x), NARROW);
    }

    @Test
    void curvesThatMeet_crossBetweenTheNeighboursOfTheMeeting_andItsPlaceIsFound() {
        Standing found = Crossings.standing(meetAt500(), true, true);
        assertThat(found.places()).hasSize(1);
        Place place = found.places().getFirst();
        assertThat(place.from()).isEqualTo(300);
        assertThat(place.to()).isEqualTo(1000);
        assertThat(place.at()).isCloseTo(500, Offset.offset(0.01));
        assertThat(place.oneLeads()).isTrue();
    }

    @Test
    void reversedCurves_orAMetricOfWhichLessIsBetter_changeTheLeaderAndNothingElse() {
        List<Pair> reversed = meetAt500().stream()
                .map(pair -> new Pair(pair.x(), pair.other(), pair.one()))
                .toList();
        Place straight = Crossings.standing(meetAt500(), true, true).places().getFirst();
        for (Standing found :
                List.of(Crossings.standing(reversed, true, true), Crossings.standing(meetAt500(), false, true))) {
            Place place = found.places().getFirst();
            assertThat(place.oneLeads()).isFalse();
            assertThat(place.at()).isCloseTo(straight.at(), Offset.offset(1e-6));
            assertThat(List.of(place.from(), place.to())).containsExactly(straight.from(), straight.to());
        }
    }

    @Test
    void tiesAroundTheMeeting_widenTheBounds_andThePlaceStaysWhereTheMediansCross() {
        // Intervals of 60 %: at 300 and 1000 the two are not apart.
        Place place = Crossings.standing(pairs(x -> Math.sqrt(x / 500), x -> Math.sqrt(500 / x), 0.6), true, true)
                .places()
                .getFirst();
        assertThat(place.from()).isEqualTo(100);
        assertThat(place.to()).isEqualTo(3000);
        assertThat(place.at()).isCloseTo(500, Offset.offset(0.01));
    }

    @Test
    void alwaysAhead_isNoCrossing() {
        Standing found = Crossings.standing(pairs(_ -> 200, _ -> 100, NARROW), true, true);
        assertThat(found.places()).isEmpty();
        assertThat(found.sign()).isEqualTo(1);
        assertThat(found.aheadFrom()).isEqualTo(10);
        assertThat(found.aheadTo()).isEqualTo(10_000);
    }

    @Test
    void aheadOnlyBehindATie_isNoCrossing_andSaysFromWhere() {
        Standing found = Crossings.standing(pairs(x -> x < 1000 ? 100 : 300, _ -> 101, NARROW), true, true);
        assertThat(found.places()).isEmpty();
        assertThat(found.aheadFrom()).isEqualTo(1000);
    }

    @Test
    void closerThanTheMargin_isATie_howeverNarrowTheIntervals() {
        Standing found = Crossings.standing(pairs(_ -> 109, _ -> 100, 0.0001), true, true);
        assertThat(found.sign()).isZero();
    }

    @Test
    void twoMeetings_areTwoCrossings() {
        Standing found = Crossings.standing(pairs(x -> x < 50 || x > 2000 ? 200 : 50, _ -> 100, NARROW), true, true);
        assertThat(found.places()).extracting(Place::from).containsExactly(30.0, 1000.0);
        assertThat(found.places()).extracting(Place::oneLeads).containsExactly(false, true);
    }

    @Test
    void onePointTheOtherWay_betweenTwoThatAgree_isTakenForNoise() {
        Standing found = Crossings.standing(pairs(x -> x == 300 ? 50 : 200, _ -> 100, NARROW), true, true);
        assertThat(found.places()).isEmpty();
        assertThat(found.noise()).isEqualTo(1);
    }

    @Test
    void noisyEqualCurves_seldomCross() {
        Random random = new Random(6);
        int crossings = 0;
        for (int trial = 0; trial < 200; trial++) {
            DoubleUnaryOperator noisy = _ -> 100 * Math.exp(0.2 * random.nextGaussian());
            crossings += Crossings.standing(pairs(noisy, noisy, 0.4), true, true)
                    .places()
                    .size();
        }
        assertThat(crossings).isLessThan(20);
    }

    @Test
    void onALinearAxis_aZeroIsAPointLikeAnyOther() {
        List<Pair> pairs = List.of(
                new Pair(0, around(200, NARROW), around(100, NARROW)),
                new Pair(100, around(100, NARROW), around(200, NARROW)));
        assertThat(Crossings.standing(pairs, true, false).places().getFirst().at())
                .isCloseTo(50, Offset.offset(1e-6));
    }

    private static List<Run> runs(String mechanism, String metric, DoubleUnaryOperator figure) {
        List<Run> runs = new ArrayList<>();
        for (double x : DECADES) {
            double value = figure.applyAsDouble(x);
            runs.add(Run.measured(
                    "connections",
                    mechanism,
                    metric,
                    "1/s",
                    Size.of("connections", (long) x).parameters(),
                    List.of(value * 0.99, value, value * 1.01)));
        }
        return runs;
    }

    @Test
    void runsOfAReport_becomeSentences() {
        List<Run> runs = new ArrayList<>(runs("greenlets", "throughput", x -> 10_000 * Math.sqrt(x / 500)));
        runs.addAll(runs("platform-threads", "throughput", x -> 10_000 * Math.sqrt(500 / x)));
        runs.addAll(runs("greenlets", "memory", _ -> 100));
        runs.addAll(runs("platform-threads", "memory", _ -> 300));
        assertThat(Crossings.of(runs))
                .extracting(Crossing::words)
                .containsExactly(
                        "greenlets overtake platform threads in throughput at about 500 connections (between 300 and"
                                + " 1,000)",
                        "no crossing in memory between 10 and 10,000 connections: greenlets are ahead of platform"
                                + " threads");
        assertThat(Crossings.of(runs).getFirst().leader()).isEqualTo("greenlets");
        assertThat(Crossings.of(runs.subList(0, 8))).isEmpty();
        assertThat(String.format(Locale.ROOT, "%s", Crossings.of(runs).get(1).at()))
                .isEqualTo("NaN");
    }
}
