package greenlet.lab.report;

import greenlet.lab.measure.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/**
 * Puts numbers of a report into units that a person reads, with three significant digits; two below one.
 *
 * <p>Immutable.
 *
 * @param name the unit as it is shown, empty for a bare count
 * @param factor how many base units one of it is
 */
public record Quantity(String name, double factor) {
    /** The unit of a ratio. */
    public static final String TIMES = "\u00d7";

    private static final List<Quantity> DURATIONS =
            List.of(new Quantity("ns", 1), new Quantity("µs", 1e3), new Quantity("ms", 1e6), new Quantity("s", 1e9));
    private static final List<Quantity> SIZES = List.of(
            new Quantity("B", 1),
            new Quantity("KiB", 1 << 10),
            new Quantity("MiB", 1 << 20),
            new Quantity("GiB", 1 << 30));
    private static final List<Quantity> COUNTS =
            List.of(new Quantity("", 1), new Quantity("k", 1e3), new Quantity("M", 1e6));
    private static final List<Quantity> RATES =
            List.of(new Quantity("/s", 1), new Quantity("k/s", 1e3), new Quantity("M/s", 1e6));

    /** A count below ten thousand is read more easily in full. */
    private static final double FULL_COUNT = 1e4;

    private static final double TINY = 0.001;
    private static final MathContext THREE_DIGITS = new MathContext(3);

    /**
     * The unit to show a number in. Not a switch point.
     *
     * @param value the number, in the base unit
     * @param unit the base unit: {@code ns}, {@code bytes}, {@code 1}, {@code 1/s} or any other, which is shown as it is
     * @return the largest unit in which the number is at least 1, or the smallest there is
     */
    public static Quantity of(double value, String unit) {
        double size = Math.abs(value);
        return switch (unit) {
            case "ns" -> largest(DURATIONS, size);
            case "bytes" -> largest(SIZES, size);
            case "1" -> size < FULL_COUNT ? COUNTS.getFirst() : largest(COUNTS, size);
            case "1/s" -> largest(RATES, size);
            default -> new Quantity(unit, 1);
        };
    }

    private static Quantity largest(List<Quantity> units, double size) {
        return units.reversed().stream()
                .filter(unit -> size >= unit.factor)
                .findFirst()
                .orElse(units.getFirst());
    }

    /**
     * A number in words. Not a switch point.
     *
     * @param value in the base unit
     * @param unit as in a report, or {@link #TIMES}
     * @return for example {@code 1.25 µs}
     */
    public static String words(double value, String unit) {
        return of(value, unit).text(value);
    }

    /**
     * A median and its interval in words. Not a switch point.
     *
     * @param interval in the base unit
     * @param unit as in a report, or {@link #TIMES}
     * @return for example {@code 1.25 µs (1.20–1.31)}, all three in one unit; the median alone if the ends say nothing more
     */
    public static String words(Interval interval, String unit) {
        Quantity shown = of(interval.median(), unit);
        String low = shown.digits(interval.low());
        String high = shown.digits(interval.high());
        String median = shown.text(interval.median());
        return low.equals(high) ? median : median + " (" + low + "\u2013" + high + ")";
    }

    /**
     * A round number, as the label of an axis. Not a switch point.
     *
     * @param value in the base unit
     * @param unit as in a report, or {@link #TIMES}
     * @return for example {@code 10 µs}: no digit that tells nothing
     */
    public static String label(double value, String unit) {
        Quantity shown = of(value, unit);
        BigDecimal round = new BigDecimal(value / shown.factor, THREE_DIGITS).stripTrailingZeros();
        return shown.named(round.precision() - round.scale() < -5 ? round.toString() : round.toPlainString());
    }

    /**
     * A number in this unit. Not a switch point.
     *
     * @param value the number, in the base unit
     * @return the digits without the unit
     */
    public String digits(double value) {
        double scaled = value / factor;
        double size = Math.abs(scaled);
        if (Double.isInfinite(scaled)) {
            return "\u221e";
        }
        if (size != 0 && size < TINY) {
            return "<0.001";
        }
        int decimals = size >= 99.95 || isWhole(scaled)
                ? 0
                : size >= 9.995 ? 1 : size >= 0.1 || size == 0 ? 2 : size >= 0.01 ? 3 : 4;
        return String.format(Locale.ROOT, (size >= FULL_COUNT ? "%,." : "%.") + decimals + "f", scaled);
    }

    /** Of a count or of the smallest units a fraction would tell nothing. */
    private boolean isWhole(double scaled) {
        return scaled == Math.rint(scaled) && factor == 1 && !name.equals(TIMES);
    }

    /**
     * A number with its unit. Not a switch point.
     *
     * @param value the number, in the base unit
     * @return digits and unit
     */
    public String text(double value) {
        return named(digits(value));
    }

    private String named(String digits) {
        if (name.isEmpty() || name.equals(TIMES)) {
            return digits + name;
        }
        return digits + " " + name;
    }
}
