package greenlet.lab.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Interval;
import greenlet.lab.report.annotated.PlantedComparison;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves what plots are made of: numbers in words, axes, rows, and pictures that can be decoded. */
class PlotTest {
    @ParameterizedTest
    @CsvSource({
        "0.5,        ns,    0.5 ns",
        "112.4,      ns,    112 ns",
        "1250,       ns,    1.25 µs",
        "25000000,   ns,    25 ms",
        "3e9,        ns,    3 s",
        "1536,       bytes, 1.5 KiB",
        "9437184,    bytes, 9 MiB",
        "0,          1,     0",
        "380000,     1,     '380,000'",
        "0.0012,     1,     0.0012",
        "12.34,      1/s,   12.3 /s",
        "24,         ×,     24×",
        "Infinity,   ×,     ∞×",
    })
    void numbers_areScaledToThreeDigits(double value, String unit, String words) {
        assertThat(Quantity.words(value, unit)).isEqualTo(words);
    }

    @Test
    void interval_isScaledLikeItsMedian() {
        assertThat(Quantity.words(new Interval(1200, 900, 1500), "ns")).isEqualTo("1.2 µs (0.9–1.5)");
    }

    @Test
    void axis_isLogarithmic_withRoundTicksWithinItsEnds() {
        Axis axis = Axis.over(List.of(230.0, 21_000.0), "ns");
        assertThat(axis.logarithmic()).isTrue();
        assertThat(axis.ticks()).containsExactly(1_000.0, 10_000.0);
        assertThat(axis.position(230)).isBetween(0.0, 0.06);
        assertThat(axis.position(21_000)).isBetween(0.94, 1.0);
        assertThat(axis.position(Math.sqrt(230.0 * 21_000))).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void axis_overManyDecades_labelsFewOfThem() {
        Axis axis = Axis.over(List.of(1.0, 1e12), "ns");
        assertThat(axis.ticks())
                .hasSizeBetween(4, 7)
                .allSatisfy(tick -> assertThat(Math.log10(tick) % 1).isZero());
    }

    @Test
    void axis_ofOneValue_hasRoomOnBothSides() {
        Axis axis = Axis.over(List.of(5.0, 5.0), "ns");
        assertThat(axis.position(5)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.ticks()).isNotEmpty();
    }

    @Test
    void axis_withAZero_isLinearFromZero() {
        Axis axis = Axis.over(List.of(0.0, 2.1), "1");
        assertThat(axis.logarithmic()).isFalse();
        assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0);
        assertThat(axis.position(0)).isZero();
    }

    @Test
    void axis_ofBytes_countsInPowersOfTwo() {
        assertThat(Axis.over(List.of(1_000.0, 70_000.0), "bytes").ticks())
                .contains(4096.0)
                .allSatisfy(tick -> assertThat(Long.bitCount(tick.longValue())).isOne());
    }

    @Test
    void main_isAboutMultiplesOfWhatGreenletsNeed() {
        Plot main = Plots.main(PlantedComparison.full(Budget.DEFAULT)).orElseThrow();
        assertThat(main.isOfRatios()).isTrue();
        assertThat(main.groups()).extracting(Plot.Group::label).contains("time to hand control over and back");
        Plot.Row threads = main.groups().stream()
                .filter(group -> group.label().equals("time to hand control over and back"))
                .flatMap(group -> group.rows().stream())
                .filter(row -> row.mechanism().equals("platform-threads"))
                .findFirst()
                .orElseThrow();
        assertThat(Objects.requireNonNull(threads.interval()).median()).isBetween(38.0, 46.0);
    }

    @Test
    void eachMeasuredMetric_hasAPlot_whoseRowsNameTheirReasonIfThereAreNoFigures() {
        List<Plot> plots = Plots.each(PlantedComparison.full(Budget.DEFAULT));
        assertThat(plots)
                .extracting(Plot::id)
                .doesNotHaveDuplicates()
                .contains("plot-switch-round-trip", "plot-video-throughput");
        assertThat(plots.stream().filter(plot -> plot.id().equals("plot-sharing-lost-updates")))
                .singleElement()
                .satisfies(plot -> assertThat(plot.groups().getFirst().rows())
                        .filteredOn(row -> row.interval() == null)
                        .singleElement()
                        .extracting(Plot.Row::words)
                        .asString()
                        .startsWith("not applicable: processes share no memory"));
    }

    @Test
    void png_canBeDecodedAndIsNotBlank() throws IOException {
        Plot main = Plots.main(PlantedComparison.full(Budget.DEFAULT)).orElseThrow();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(PlotPng.draw(main)));
        assertThat(image.getWidth()).isEqualTo(1200);
        int blue = 0xff0072b2;
        long marks = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                marks += image.getRGB(x, y) == blue ? 1 : 0;
            }
        }
        assertThat(marks).as("pixels in the colour of virtual threads").isGreaterThan(200);
    }
}
