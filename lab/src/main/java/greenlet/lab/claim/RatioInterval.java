package greenlet.lab.claim;

import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Run;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The ratio of two medians with its interval.
 *
 * <p>From six samples a side on it is the percentile bootstrap of the ratio of the medians (B. Efron, R. Tibshirani, <i>An Introduction to the
 * Bootstrap</i>, ch. 13), 95 %, with a fixed seed so that one report gives one verdict. With fewer samples resampling would pretend to know
 * more than it does: the interval then reaches from the lowest quotient of the two intervals to the highest. Immutable.
 */
final class RatioInterval {
    private static final int RESAMPLES = 2000;
    private static final int ENOUGH_SAMPLES = 6;
    private static final long SEED = 20230415L;

    private RatioInterval() {}

    /** Figures are counts, times and sizes; where a difference came out negative no ratio means anything. */
    static boolean isDefined(Run over, Run under) {
        return over.low() >= 0 && under.low() >= 0 && !isNegative(over.samples()) && !isNegative(under.samples());
    }

    private static boolean isNegative(List<Double> samples) {
        return samples.stream().anyMatch(sample -> sample < 0);
    }

    static Interval of(Run over, Run under) {
        double ratio = quotient(over.median(), under.median());
        int samples = Math.min(over.samples().size(), under.samples().size());
        Interval found = samples >= ENOUGH_SAMPLES
                ? bootstrap(over.samples(), under.samples())
                : new Interval(ratio, quotient(over.low(), under.high()), quotient(over.high(), under.low()));
        return new Interval(ratio, Math.min(ratio, found.low()), Math.max(ratio, found.high()));
    }

    private static Interval bootstrap(List<Double> over, List<Double> under) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] above = over.stream().mapToDouble(Double::doubleValue).toArray();
        double[] below = under.stream().mapToDouble(Double::doubleValue).toArray();
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = quotient(resampledMedian(above, random), resampledMedian(below, random));
        }
        Arrays.sort(ratios);
        int tail = RESAMPLES / 40;
        return new Interval(ratios[RESAMPLES / 2], ratios[tail], ratios[RESAMPLES - 1 - tail]);
    }

    private static double resampledMedian(double[] samples, SplittableRandom random) {
        double[] drawn = new double[samples.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = samples[random.nextInt(samples.length)];
        }
        Arrays.sort(drawn);
        int half = drawn.length / 2;
        return drawn.length % 2 == 1 ? drawn[half] : (drawn[half - 1] + drawn[half]) / 2;
    }

    /** Two zeros are equal: neither side needs anything. */
    private static double quotient(double over, double under) {
        return over == 0 && under == 0 ? 1 : over / under;
    }
}
