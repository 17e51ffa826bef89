package greenlet.lab.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
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

/** Proves what plots are made of: numbers in words, axes, rows, and pictures that can be decoded. */
class PlotTest {
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

    /** A curve without any collection had an axis that ended at 1E-9 ns. */
    @Test
    void axis_ofNothingButZero_endsAtOne() {
        Axis axis = Axis.over(List.of(0.0, 0.0), "ns");
        assertThat(axis.logarithmic()).isFalse();
        assertThat(axis.ticks()).contains(0.0).allMatch(tick -> tick == 0 || tick >= 0.1);
    }

    @Test
    void axis_ofOneValue_hasRoomOnBothSides() {
        Axis axis = Axis.over(List.of(5.0, 5.0), "ns");
        assertThat(axis.position(5)).isCloseTo(0.5, within(1e-9));
        assertThat(axis.ticks()).isNotEmpty();
    }

    /** With powers of two or 1, 2, 5 alone there was but one to read off. */
    @Test
    void axis_withinAFactorOfTwo_hasThreeTicksAtLeast() {
        assertThat(Axis.over(List.of(76.0 * (1 << 20), 90.0 * (1 << 20)), "bytes")
                        .ticks())
                .hasSizeBetween(3, 6)
                .contains(80.0 * (1 << 20));
        assertThat(Axis.over(List.of(31_000.0, 52_000.0), "1").ticks())
                .hasSizeBetween(3, 6)
                .contains(40_000.0);
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
    void axis_ofBytesFromZero_countsInPowersOfTwo() {
        assertThat(Axis.over(List.of(0.0, 2.03 * (1 << 20)), "bytes").ticks())
                .containsExactly(0.0, 524_288.0, 1_048_576.0, 1_572_864.0, 2_097_152.0);
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
    void absent_namesWhoHasNoFigureOnceByReason_andWhereIfNotEverywhere() {
        Plot.Row drawn = new Plot.Row("greenlets", "greenlets", new Interval(1, 1, 1), "1", "");
        Plot.Row processes = new Plot.Row("processes", "processes", null, "not applicable: no", "");
        Plot.Row gevent = new Plot.Row("gevent", "gevent", null, "not applicable: no", "");
        Plot plot = new Plot(
                "id",
                "title",
                "",
                "1",
                Axis.over(List.of(1.0), "1"),
                List.of(
                        new Plot.Group("tasks = 1", List.of(drawn, processes, gevent)),
                        new Plot.Group("tasks = 2", List.of(drawn, processes)),
                        new Plot.Group("tasks = 3", List.of(processes))));
        assertThat(plot.absent())
                .containsExactly(entry("not applicable: no", List.of("processes", "gevent (tasks = 1)")));
        assertThat(plot.drawn()).extracting(Plot.Group::label).containsExactly("tasks = 1", "tasks = 2");
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
