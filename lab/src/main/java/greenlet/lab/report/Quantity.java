package greenlet.lab.report;

import java.util.List;
import java.util.Locale;

/**
 * Puts numbers of a report into units that a person reads.
 *
 * <p>Immutable.
 *
 * @param name the unit as it is shown, empty for a bare count
 * @param factor how many base units one of it is
 */
public record Quantity(String name, double factor) {
    private static final List<Quantity> TIMES =
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

    /**
     * The unit to show a number in. Not a switch point.
     *
     * @param value the number, in the base unit
     * @param unit the base unit: {@code ns}, {@code bytes}, {@code 1}, {@code 1/s} or any other, which is shown as it is
     * @return the largest unit in which the number is at least 1, or the smallest there is
     */
    public static Quantity of(double value, String unit) {
        List<Quantity> units = switch (unit) {
            case "ns" -> TIMES;
            case "bytes" -> SIZES;
            case "1" -> COUNTS;
            case "1/s" -> RATES;
            default -> List.of(new Quantity(unit, 1));
        };
        Quantity best = units.getFirst();
        for (Quantity larger : units) {
            // A count below ten thousand is read more easily in full.
            double threshold = unit.equals("1") && larger.factor > 1 ? larger.factor * 10 : larger.factor;
            if (Math.abs(value) >= threshold) {
                best = larger;
            }
        }
        return best;
    }

    /**
     * A number in this unit, with three significant digits. Not a switch point.
     *
     * @param value the number, in the base unit
     * @return the digits without the unit
     */
    public String digits(double value) {
        double scaled = value / factor;
        double size = Math.abs(scaled);
        if (size != 0 && size < 0.001) {
            return "<0.001";
        }
        int decimals = size >= 99.95 || (scaled == Math.rint(scaled) && factor == 1)
                ? 0
                : size >= 9.995 ? 1 : size >= 0.01 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", scaled);
    }

    /**
     * A number with its unit. Not a switch point.
     *
     * @param value the number, in the base unit
     * @return digits and unit
     */
    public String text(double value) {
        return name.isEmpty() ? digits(value) : digits(value) + " " + name;
    }
}
