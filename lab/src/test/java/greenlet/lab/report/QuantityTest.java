package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0.4, ns, 0.40 ns",
        "123.4, ns, 123 ns",
        "1234, ns, 1.23 µs",
        "99960, ns, 100 µs",
        "36353736, ns, 36.4 ms",
        "2.5e9, ns, 2.50 s",
        "344, bytes, 344 B",
        "1910.5, bytes, 1.87 KiB",
        "268435456, bytes, 256 MiB",
        "220000, 1, 220 k",
        "9999, 1, 9999",
        "14, 1, 14",
        "0, 1, 0",
        "0.00002, 1, <0.001",
        "1.0007, 1, 1.00",
        "0.0352, 1, 0.035",
        "0.0012, 1, 0.0012",
        "5373000, 1, 5.37 M",
        "24, ×, 24.0×",
        "1334.2, ×, 1334×",
        "1234567, ×, '1,234,567×'",
        "Infinity, ×, ∞×",
        "81234, 1/s, 81.2 k/s",
        "29.97, frames/s, 30.0 frames/s",
    })
    void text_ofAnyUnit_isScaledToThreeDigits(double value, String unit, String expected) {
        assertThat(Quantity.of(value, unit).text(value)).isEqualTo(expected);
        assertThat(Quantity.words(value, unit)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, ns, 0.5 ns",
        "25000000, ns, 25 ms",
        "3e9, ns, 3 s",
        "1536, bytes, 1.5 KiB",
        "0, 1, 0",
        "380000, 1, 380 k",
        "0.0001, 1, 0.0001",
        "1e-9, 1, 1E-9",
        "0.1, ×, 0.1×",
        "1000, ×, 1000×",
        "20000, 1/s, 20 k/s",
    })
    void label_ofAnAxis_hasNoDigitThatTellsNothing(double value, String unit, String expected) {
        assertThat(Quantity.label(value, unit)).isEqualTo(expected);
    }

    @Test
    void words_ofAnInterval_areInTheUnitOfItsMedian() {
        assertThat(Quantity.words(new Interval(1200, 900, 1500), "ns")).isEqualTo("1.20 µs (0.90–1.50)");
    }

    @Test
    void words_ofAnIntervalThatTellsNothingMore_areTheMedianAlone() {
        assertThat(Quantity.words(new Interval(9.57, 9.57, 9.57), "×")).isEqualTo("9.57×");
        assertThat(Quantity.words(new Interval(982_600, 982_590, 982_610), "ns"))
                .isEqualTo("983 µs");
    }
}
