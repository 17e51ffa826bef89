package greenlet.lab.measure;

import java.util.List;

/**
 * A median and a distribution-free interval around it.
 *
 * <p>The interval is made of two order statistics of the sorted samples, symmetric about the median, the narrowest pair whose coverage
 * {@code P(low <= true median <= high) = 1 - 2 * B(k-1; n, 1/2)} is at least 95 % (B the binomial distribution function; see
 * W. J. Conover, <i>Practical Nonparametric Statistics</i>, 3.2). With fewer than six samples no pair reaches 95 %; the interval is then
 * the whole range of the samples, whose coverage {@link #coverage(int)} tells: 75 % for three, 93.75 % for five.
 *
 * <p>Immutable.
 *
 * @param median the median
 * @param low lower end, inclusive
 * @param high upper end, inclusive
 */
public record Interval(double median, double low, double high) {
    private static final double WANTED_COVERAGE = 0.95;

    /**
     * The median of samples with its interval. Not a switch point.
     *
     * @param samples at least one number, none of them NaN
     * @return the median and its interval
     * @throws IllegalArgumentException if there is no sample or one is not a number
     */
    public static Interval ofMedian(List<Double> samples) {
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        if (n == 0 || Double.isNaN(sorted[n - 1])) {
            throw new IllegalArgumentException(
                    "Cannot take the median of " + samples + ". Give at least one sample and numbers only.");
        }
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        int left = leftmostRank(n);
        return new Interval(median, sorted[left], sorted[n - 1 - left]);
    }

    /**
     * How likely the interval of so many samples holds the true median, if the samples are independent. Not a switch point.
     *
     * @param samples how many samples
     * @return a probability
     */
    public static double coverage(int samples) {
        return coverage(samples, leftmostRank(samples));
    }

    /**
     * Whether two intervals share a point: then the comparison is a tie. Not a switch point.
     *
     * @param other the other interval
     * @return whether they overlap
     */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }

    /** Zero-based rank of the lower end: the largest that still covers what is wanted, or 0. */
    private static int leftmostRank(int n) {
        int rank = 0;
        while (rank + 1 <= (n - 1) / 2 && coverage(n, rank + 1) >= WANTED_COVERAGE) {
            rank++;
        }
        return rank;
    }

    private static double coverage(int n, int rank) {
        double term = Math.pow(0.5, n);
        double tail = 0;
        for (int i = 0; i <= rank; i++) {
            tail += term;
            term = term * (n - i) / (i + 1);
        }
        return Math.max(0, 1 - 2 * tail);
    }
}
