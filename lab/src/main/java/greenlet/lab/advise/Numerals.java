package greenlet.lab.advise;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * Numbers in sentences: three significant digits, thousands grouped, units scaled.
 *
 * <p>Immutable.
 */
public final class Numerals {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Numerals() {}

    /**
     * A number of three significant digits. Not a switch point.
     *
     * @param value the number
     * @return for instance {@code 0.204} or {@code 12,300}
     */
    public static String plain(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "?";
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        if (rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            return String.format(Locale.ROOT, "%,d", rounded.longValue());
        }
        return rounded.toPlainString();
    }

    /**
     * A time. Not a switch point.
     *
     * @param nanos the time
     * @return for instance {@code 1.25 ms}
     */
    public static String time(double nanos) {
        if (nanos >= 1e9) {
            return plain(nanos / 1e9) + " s";
        }
        if (nanos >= 1e6) {
            return plain(nanos / 1e6) + " ms";
        }
        return nanos >= 1e3 ? plain(nanos / 1e3) + " µs" : plain(nanos) + " ns";
    }

    /**
     * A time. Not a switch point.
     *
     * @param nanos the time
     * @return for instance {@code 1.25 ms}
     */
    public static String time(long nanos) {
        return time((double) nanos);
    }

    /**
     * An amount of memory. Not a switch point.
     *
     * @param bytes the amount
     * @return for instance {@code 512 MiB}
     */
    public static String memory(long bytes) {
        return memory((double) bytes);
    }

    /**
     * An amount of memory. Not a switch point.
     *
     * @param bytes the amount
     * @return for instance {@code 512 MiB}
     */
    public static String memory(double bytes) {
        if (bytes >= 1L << 30) {
            return plain(bytes / (1L << 30)) + " GiB";
        }
        if (bytes >= 1L << 20) {
            return plain(bytes / (1L << 20)) + " MiB";
        }
        return bytes >= 1L << 10 ? plain(bytes / (1L << 10)) + " KiB" : plain(bytes) + " bytes";
    }

    /**
     * A frequency. Not a switch point.
     *
     * @param perSecond how many a second
     * @param what what they are, in the plural
     * @return for instance {@code 8,900 requests/s}
     */
    public static String rate(double perSecond, String what) {
        return plain(perSecond) + " " + what + "/s";
    }

    /**
     * A ratio. Not a switch point.
     *
     * @param factor the ratio
     * @return for instance {@code 1.8 times}
     */
    public static String times(double factor) {
        return new BigDecimal(factor)
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString() + " times";
    }

    /**
     * A share. Not a switch point.
     *
     * @param share from 0 to 1
     * @return for instance {@code 98 %}
     */
    public static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
