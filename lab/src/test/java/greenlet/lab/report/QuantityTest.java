package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

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
        "81234, 1/s, 81.2 k/s",
        "29.97, frames/s, 30.0 frames/s",
    })
    void text_ofAnyUnit_isScaledToThreeDigits(double value, String unit, String expected) {
        assertThat(Quantity.of(value, unit).text(value)).isEqualTo(expected);
    }
}
