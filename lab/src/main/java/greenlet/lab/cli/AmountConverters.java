package greenlet.lab.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times and amounts of memory as people write them. */
final class AmountConverters {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-zµ]*)");

    private AmountConverters() {}

    /** {@code 50ms}, {@code 2s}, {@code 1m}; a number alone is milliseconds. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher amount = match(text, "a time", "50ms, 2s or 1m");
            double nanos = switch (amount.group(2).toLowerCase(Locale.ROOT)) {
                case "ns" -> 1;
                case "us", "µs" -> 1e3;
                case "", "ms" -> 1e6;
                case "s" -> 1e9;
                case "m", "min" -> 60e9;
                default -> throw bad(text, "a time", "50ms, 2s or 1m");
            };
            return Duration.ofNanos(whole(amount.group(1), nanos, text));
        }
    }

    /** {@code 512M}, {@code 1.5G}, in powers of 1,024; a number alone is bytes. */
    static final class Memory implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher amount = match(text, "an amount of memory", "512M or 2G");
            double factor = switch (amount.group(2).toLowerCase(Locale.ROOT)) {
                case "", "b" -> 1;
                case "k", "kb", "kib" -> 1L << 10;
                case "m", "mb", "mib" -> 1L << 20;
                case "g", "gb", "gib" -> 1L << 30;
                default -> throw bad(text, "an amount of memory", "512M or 2G");
            };
            return whole(amount.group(1), factor, text);
        }
    }

    private static Matcher match(String text, String what, String such) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            throw bad(text, what, such);
        }
        return amount;
    }

    private static long whole(String number, double factor, String text) {
        BigDecimal product = new BigDecimal(number).multiply(BigDecimal.valueOf(factor));
        if (product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new TypeConversionException("'" + text + "' is too much");
        }
        return product.longValue();
    }

    private static TypeConversionException bad(String text, String what, String such) {
        return new TypeConversionException("'" + text + "' is not " + what + ", such as " + such);
    }
}
