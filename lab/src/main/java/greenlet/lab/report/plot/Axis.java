package greenlet.lab.report.plot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A horizontal axis: logarithmic, unless a value is zero or less and has no logarithm. Immutable.
 *
 * @param logarithmic whether equal distances are equal factors
 * @param low value at the left end
 * @param high value at the right end
 * @param ticks values that are labelled, in ascending order
 */
public record Axis(boolean logarithmic, double low, double high, List<Double> ticks) {
    private static final String BYTES = "bytes";
    private static final int MOST_TICKS = 6;
    private static final int FEWEST_TICKS = 3;
    private static final double[] STEPS = {1, 2, 5};
    private static final double[] FINE_STEPS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    private static final double[] FINE_BINARY_STEPS = {1, 1.25, 1.5, 1.75};

    /** Copies the ticks. */
    public Axis {
        ticks = List.copyOf(ticks);
    }

    static Axis over(Collection<Double> values, String unit) {
        List<Double> finite = values.stream().filter(Double::isFinite).toList();
        double least = finite.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double most = finite.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return least > 0
                ? logarithmic(least, most, unit.equals(BYTES))
                : linear(Math.min(0, least), most > 0 ? most : 1, unit.equals(BYTES));
    }

    /**
     * An axis for the points of a curve. Not a switch point.
     *
     * @param logarithmic whether equal distances shall be equal factors; not if a value is zero or less
     * @param values what must be on it
     * @return the axis
     */
    public static Axis ofPoints(boolean logarithmic, Collection<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        return logarithmic && least > 0 ? over(values, "1") : linear(Math.min(0, least), Math.max(most, 1), false);
    }

    /**
     * An axis for figures. Not a switch point.
     *
     * @param values what must be on it
     * @param unit bytes have ticks at powers of two
     * @return the axis
     */
    public static Axis ofFigures(Collection<Double> values, String unit) {
        return over(values, unit);
    }

    private static Axis logarithmic(double least, double most, boolean bytes) {
        // At least a factor of two, so that noise does not fill the width; and room beyond the outermost marks.
        double stretch = Math.max(1, Math.sqrt(2 / Math.max(most / least, 1e-300)));
        double margin = Math.pow(most / least * stretch * stretch, 0.04);
        double low = least / stretch / margin;
        double high = most * stretch * margin;
        return new Axis(true, low, high, bytes ? binaryTicks(low, high) : logarithmicTicks(low, high));
    }

    private static List<Double> logarithmicTicks(double low, double high) {
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        List<Double> usual = ticks(10, first, last, STEPS, low, high);
        if (usual.size() < FEWEST_TICKS) {
            return thinned(ticks(10, first, last, FINE_STEPS, low, high));
        }
        if (usual.size() <= MOST_TICKS) {
            return usual;
        }
        int stride = Math.max(1, (int) Math.ceil((last - first) / (double) MOST_TICKS));
        List<Double> coarse = new ArrayList<>();
        for (int decade = first; decade <= last; decade += stride) {
            addIfWithin(coarse, Math.pow(10, decade), low, high);
        }
        return coarse;
    }

    /** Bytes are counted in powers of two: 1 KiB, 4 KiB, 16 KiB … */
    private static List<Double> binaryTicks(double low, double high) {
        int first = (int) Math.ceil(Math.log(low) / Math.log(2));
        int last = (int) Math.floor(Math.log(high) / Math.log(2));
        int stride = Math.max(1, (int) Math.ceil((last - first + 1) / (double) MOST_TICKS));
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power += stride) {
            ticks.add(Math.pow(2, power));
        }
        return ticks.size() < FEWEST_TICKS ? thinned(ticks(2, first - 1, last, FINE_BINARY_STEPS, low, high)) : ticks;
    }

    /** Multiples of the powers of a base, as far as they are on the axis. */
    private static List<Double> ticks(int base, int first, int last, double[] steps, double low, double high) {
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            for (double step : steps) {
                addIfWithin(ticks, step * Math.pow(base, power), low, high);
            }
        }
        return ticks;
    }

    private static List<Double> thinned(List<Double> ticks) {
        int stride = Math.max(1, (ticks.size() + MOST_TICKS - 1) / MOST_TICKS);
        List<Double> some = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i += stride) {
            some.add(ticks.get(i));
        }
        return some;
    }

    private static Axis linear(double least, double most, boolean bytes) {
        double range = most - least;
        double step = bytes
                ? Math.pow(2, Math.floor(Math.log(range) / Math.log(2)) - 2)
                : Math.pow(10, Math.floor(Math.log10(range)));
        while (range / step > MOST_TICKS) {
            step *= 2;
        }
        List<Double> ticks = new ArrayList<>();
        for (double value = Math.ceil(least / step) * step; value <= most; value += step) {
            ticks.add(value);
        }
        return new Axis(false, least, most + range * 0.04, ticks);
    }

    private static void addIfWithin(List<Double> ticks, double value, double low, double high) {
        if (value >= low && value <= high) {
            ticks.add(value);
        }
    }

    /**
     * Where a value lies.
     *
     * @param value on the axis
     * @return 0 at the left end, 1 at the right end; values beyond an end lie on it
     */
    public double position(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, Double.MIN_NORMAL) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return Math.clamp(share, 0, 1);
    }
}
