package greenlet.lab.advise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.2|0.2", "0.20449|0.204", "12.345|12.3", "999.9|1,000", "12345|12,300", "0|0", "NaN|?"})
    void plain_givesThreeDigits(double value, String words) {
        assertThat(Numerals.plain(value)).isEqualTo(words);
    }

    @Test
    void units_areScaled() {
        assertThat(Numerals.time(1_250_000)).isEqualTo("1.25 ms");
        assertThat(Numerals.time(3e9)).isEqualTo("3 s");
        assertThat(Numerals.memory(512L << 20)).isEqualTo("512 MiB");
        assertThat(Numerals.memory(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Numerals.rate(8_912, "requests")).isEqualTo("8,910 requests/s");
        assertThat(Numerals.percent(0.984)).isEqualTo("98 %");
    }
}
