package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot as PNG, drawn by XChart. Immutable. */
public final class PlotPng {
    private static final int WIDTH = 1200;
    private static final int ROW_PIXELS = 30;
    private static final int FRAME_PIXELS = 130;

    /** Less than a row, so that the axis has a label at each. */
    private static final int TICK_PIXELS = 20;

    /** A label as wide as the picture would leave no room for an axis, and XChart would look for it for ever. */
    private static final int LONGEST_LABEL = 70;

    private static final int LONGEST_UNIT = 12;
    private static final int LONGEST_TITLE = 120;

    private static final double FIRST_ROW = 1;
    private static final double BEYOND = 0.7;

    private static final float INTERVAL_WIDTH = 3;

    private PlotPng() {}

    /**
     * Draws a plot.
     *
     * @param plot to draw
     * @return the bytes of a PNG file
     * @throws IOException if this JVM cannot draw: a JDK without AWT, or a machine without a font
     */
    public static byte[] draw(Plot plot) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart(plot)), "png", out)) {
                throw new IOException(
                        "Cannot draw " + plot.id() + ": this JDK has no encoder for PNG. Install a full JDK.");
            }
            return out.toByteArray();
        } catch (LinkageError | RuntimeException e) {
            // A JDK without its desktop libraries fails in the first, one without fonts in the second.
            throw new IOException(
                    "Cannot draw " + plot.id() + " as PNG: " + e
                            + ". Install a JDK that is not 'headless' and a font (Debian: fontconfig and"
                            + " fonts-dejavu-core).",
                    e);
        }
    }

    /**
     * Whether a plot is one that XChart can be given: it reads TeX between dollar signs, and looks for ever for room for an endless label.
     *
     * @param plot to draw
     * @return false if its texts are not those of a report that this program made
     */
    public static boolean isDrawable(Plot plot) {
        return plot.unit().length() <= LONGEST_UNIT
                && plot.title().length() <= LONGEST_TITLE
                && !(plot.title() + plot.unit() + plot.note()).contains("$")
                && plot.groups().stream().noneMatch(group -> group.label().contains("$"));
    }

    private static XYChart chart(Plot plot) {
        List<String> labels = new ArrayList<>();
        List<Plot.Row> rows = new ArrayList<>();
        for (Plot.Group group : plot.groups()) {
            for (Plot.Row row : group.rows()) {
                if (row.interval() != null) {
                    rows.add(row);
                    labels.add(
                            unique(group.label().isEmpty() ? row.label() : group.label() + ": " + row.label(), labels));
                }
            }
        }
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(FRAME_PIXELS + ROW_PIXELS * Math.max(2, rows.size()))
                .title(plot.title())
                .xAxisTitle(plot.note())
                .build();
        style(chart, plot, labels);
        for (int i = 0; i < rows.size(); i++) {
            add(chart, plot, rows.get(i), rows.size() - i);
        }
        return chart;
    }

    private static String unique(String label, List<String> taken) {
        String unique = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL - 1) + "\u2026" : label;
        while (taken.contains(unique)) {
            unique += " ";
        }
        return unique;
    }

    private static void style(XYChart chart, Plot plot, List<String> labels) {
        chart.getStyler().setLegendVisible(false).setLegendPosition(LegendPosition.InsideSE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        chart.getStyler().setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        chart.getStyler().setPlotGridHorizontalLinesVisible(false);
        chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        chart.getStyler().setXAxisLogarithmic(plot.axis().logarithmic());
        chart.getStyler().setXAxisMin(plot.axis().low()).setXAxisMax(plot.axis().high());
        chart.getStyler().setYAxisTickMarkSpacingHint(TICK_PIXELS).setYAxisTicksVisible(true);
        chart.getStyler().setYAxisMin(FIRST_ROW - BEYOND).setYAxisMax(labels.size() + BEYOND);
        chart.setCustomXAxisTickLabelsFormatter(value -> Quantity.words(value, plot.unit()));
        chart.setCustomYAxisTickLabelsFormatter(value -> label(labels, value));
    }

    private static String label(List<String> labels, double position) {
        int index = labels.size() - (int) Math.rint(position);
        boolean onRow = Math.abs(position - Math.rint(position)) < 1e-6;
        if (onRow && index >= 0 && index < labels.size()) {
            return labels.get(index);
        }
        // XChart makes as much room as the labels at the two ends need, and draws none there because no tick lies on an
        // end. It looks for ever
        // for ticks whose labels all differ, hence a pattern of two kinds of blanks for each position.
        String blanks = Long.toBinaryString(Math.round(1e4 * (position + 1e3)))
                .replace('0', ' ')
                .replace('1', '\u00a0');
        boolean end = position == FIRST_ROW - BEYOND || position == labels.size() + BEYOND;
        return end
                ? labels.stream().max(Comparator.comparingInt(String::length)).orElse("") + blanks
                : blanks;
    }

    private static void add(XYChart chart, Plot plot, Plot.Row row, int height) {
        Interval interval = Objects.requireNonNull(row.interval());
        Palette.Look look = Palette.look(row.mechanism());
        double low = Math.clamp(interval.low(), plot.axis().low(), plot.axis().high());
        double high = Math.clamp(interval.high(), plot.axis().low(), plot.axis().high());
        double median =
                Math.clamp(interval.median(), plot.axis().low(), plot.axis().high());
        XYSeries line = chart.addSeries("interval " + height, new double[] {low, high}, new double[] {height, height});
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(Color.decode(look.light()));
        line.setLineStyle(new BasicStroke(INTERVAL_WIDTH));
        XYSeries mark = chart.addSeries("median " + height, new double[] {median}, new double[] {height});
        mark.setMarker(marker(look.shape()));
        mark.setMarkerColor(Color.decode(look.light()));
    }

    private static Marker marker(Palette.Shape shape) {
        return switch (shape) {
            case CIRCLE -> SeriesMarkers.CIRCLE;
            case SQUARE -> SeriesMarkers.SQUARE;
            case TRIANGLE -> SeriesMarkers.TRIANGLE_UP;
            case DIAMOND -> SeriesMarkers.DIAMOND;
        };
    }
}
