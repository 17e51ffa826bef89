package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import java.util.Locale;

/** Numbers with units in a form that people read: three significant digits, the unit scaled. Immutable. */
public final class Quantity {
    /** The unit of a ratio. */
    public static final String TIMES = "\u00d7";

    private record Scale(double factor, String suffix) {}

    private Quantity() {}

    /**
     * A number with its unit.
     *
     * @param value in the unit
     * @param unit as in a report
     * @return for example {@code 1.25 µs}
     */
    public static String words(double value, String unit) {
        Scale scale = scale(value, unit);
        return number(value / scale.factor()) + scale.suffix();
    }

    /**
     * A median and its interval.
     *
     * @param interval in the unit
     * @param unit as in a report
     * @return for example {@code 1.25 µs (1.2–1.31)}, all three scaled alike
     */
    public static String words(Interval interval, String unit) {
        Scale scale = scale(interval.median(), unit);
        return "%s%s (%s\u2013%s)"
                .formatted(
                        number(interval.median() / scale.factor()),
                        scale.suffix(),
                        number(interval.low() / scale.factor()),
                        number(interval.high() / scale.factor()));
    }

    private static Scale scale(double value, String unit) {
        double size = Math.abs(value);
        return switch (unit) {
            case "ns" -> time(size);
            case "bytes" -> bytes(size);
            case "1" -> new Scale(1, "");
            case "1/s" -> new Scale(1, " /s");
            case TIMES -> new Scale(1, TIMES);
            default -> new Scale(1, " " + unit);
        };
    }

    private static Scale time(double nanos) {
        if (nanos >= 1e9) {
            return new Scale(1e9, " s");
        }
        if (nanos >= 1e6) {
            return new Scale(1e6, " ms");
        }
        return nanos >= 1e3 ? new Scale(1e3, " \u00b5s") : new Scale(1, " ns");
    }

    private static Scale bytes(double bytes) {
        if (bytes >= 1 << 30) {
            return new Scale(1 << 30, " GiB");
        }
        if (bytes >= 1 << 20) {
            return new Scale(1 << 20, " MiB");
        }
        return bytes >= 1 << 10 ? new Scale(1 << 10, " KiB") : new Scale(1, " B");
    }

    static String number(double value) {
        if (Double.isInfinite(value)) {
            return "\u221e";
        }
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = size >= 10 ? 1 : size >= 1 ? 2 : 3;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        if (size < 0.01) {
            text = String.format(Locale.ROOT, "%.2g", value);
        }
        return text.contains("e") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
