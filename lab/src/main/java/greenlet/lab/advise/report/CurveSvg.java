package greenlet.lab.advise.report;

import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Numerals;
import greenlet.lab.advise.Point;
import greenlet.lab.advise.Way;
import greenlet.lab.report.html.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A figure against the load, one line for each way, both axes logarithmic. As in the report of {@code compare} (ADR 0300) positions along the
 * page are percentages and everything else is pixels, colours are CSS variables, and each mark has its values in a title. Immutable.
 */
final class CurveSvg {
    private static final int HEIGHT = 240;
    private static final int TOP = 14;
    private static final int BOTTOM = 216;
    private static final double LEFT_PERCENT = 16;
    private static final double RIGHT_PERCENT = 97;
    private static final int MOST_TICKS = 6;
    private static final int FEWEST_TICKS = 3;
    private static final List<Double> COARSE = List.of(1.0, 2.0, 5.0);
    private static final List<Double> FINE = List.of(1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0);

    private final AdviceReport report;
    private final List<Curve> curves;
    private final ToDoubleFunction<Point> figure;
    private final DoubleFunction<String> words;
    /** What a one on the axis is in the figure's own unit: a mebibyte, in bytes. */
    private final double unit;

    private final double left;
    private final double right;
    private final double low;
    private final double high;

    private CurveSvg(AdviceReport report, ToDoubleFunction<Point> figure, DoubleFunction<String> words, double unit) {
        this.report = report;
        this.figure = figure;
        this.words = words;
        this.unit = unit;
        curves = report.curves().stream()
                .filter(curve -> !curve.points().isEmpty())
                .toList();
        List<Point> all =
                curves.stream().flatMap(curve -> curve.points().stream()).toList();
        left = all.stream().mapToDouble(CurveSvg::load).min().orElse(1);
        right = Math.max(
                left * 1.01, all.stream().mapToDouble(CurveSvg::load).max().orElse(1));
        low = Math.max(1e-3, all.stream().mapToDouble(figure).min().orElse(1));
        high = Math.max(low * 1.01, all.stream().mapToDouble(figure).max().orElse(1));
    }

    /** Throughput where the load is callers, the time of the slowest in a hundred, and memory. */
    static List<String> all(AdviceReport report) {
        if (report.curves().stream().allMatch(curve -> curve.points().size() < 2)) {
            return List.of();
        }
        List<String> plots = new ArrayList<>();
        String units = report.subject().units();
        if (report.subject().shape() == null) {
            plots.add(new CurveSvg(report, Point::perSecond, Numerals::plain, 1).draw(units + " a second"));
        }
        plots.add(new CurveSvg(report, Point::p99Nanos, Numerals::time, 1)
                .draw("time that one in a hundred takes longer than"));
        plots.add(new CurveSvg(report, Point::memoryBytes, Numerals::memory, 1 << 20).draw("memory"));
        return plots;
    }

    static String css(Way way) {
        return "m-" + way.label();
    }

    private static double load(Point point) {
        Double offered = point.offeredPerSecond();
        return offered == null ? point.concurrency() : offered;
    }

    private String draw(String title) {
        String against = report.subject().shape() == null ? "callers at once" : "requests a second";
        StringBuilder out = new StringBuilder(
                "<figure class=\"plot curve\">\n<figcaption><strong>%s</strong> against %s</figcaption>\n"
                        .formatted(Html.escape(title), against));
        out.append("<svg role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"%s\">\n"
                .formatted(HEIGHT, Html.escape(title + " against " + against + ", logarithmic axes")));
        for (double tick : ticks(low, high, unit)) {
            out.append("<line class=\"grid\" x1=\"%s%%\" x2=\"%s%%\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>\n"
                    .formatted(LEFT_PERCENT, RIGHT_PERCENT, y(tick)));
            out.append("<text class=\"tick\" x=\"%s%%\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LEFT_PERCENT - 1, y(tick) + 4, Html.escape(words.apply(tick))));
        }
        for (double tick : ticks(left, right, 1)) {
            out.append("<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>\n"
                    .formatted(x(tick), TOP, BOTTOM));
            out.append("<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                    .formatted(x(tick), HEIGHT - 8, Html.escape(Numerals.plain(tick))));
        }
        curves.forEach(curve -> line(curve, out));
        return out.append("</svg>\n</figure>\n").toString();
    }

    private void line(Curve curve, StringBuilder out) {
        List<Point> points = curve.points().stream()
                .sorted(java.util.Comparator.comparingDouble(CurveSvg::load))
                .toList();
        out.append("<g class=\"%s\">\n".formatted(css(curve.way())));
        for (int i = 1; i < points.size(); i++) {
            out.append("<line class=\"interval\" x1=\"%s\" y1=\"%.1f\" x2=\"%s\" y2=\"%.1f\"/>\n"
                    .formatted(
                            x(load(points.get(i - 1))),
                            y(figure.applyAsDouble(points.get(i - 1))),
                            x(load(points.get(i))),
                            y(figure.applyAsDouble(points.get(i)))));
        }
        for (Point point : points) {
            double value = figure.applyAsDouble(point);
            out.append("<circle class=\"mark\" cx=\"%s\" cy=\"%.1f\" r=\"3.5\"><title>%s</title></circle>\n"
                    .formatted(
                            x(load(point)),
                            y(value),
                            Html.escape(curve.way().words() + ", " + Numerals.plain(load(point)) + ": "
                                    + words.apply(value))));
        }
        out.append("</g>\n");
    }

    /** One, two and five times the powers of ten of a unit; every other one, and so on, where these are too many, and more where they are too few. */
    private static List<Double> ticks(double from, double to, double unit) {
        List<Double> ticks = ticks(from, to, unit, COARSE);
        if (ticks.size() < FEWEST_TICKS) {
            ticks = ticks(from, to, unit, FINE);
        }
        int step = (ticks.size() + MOST_TICKS - 1) / MOST_TICKS;
        List<Double> some = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i += Math.max(1, step)) {
            some.add(ticks.get(i));
        }
        return some;
    }

    private static List<Double> ticks(double from, double to, double unit, List<Double> factors) {
        List<Double> ticks = new ArrayList<>();
        for (double decade = unit * Math.pow(10, Math.floor(Math.log10(from / unit))); decade <= to; decade *= 10) {
            for (double factor : factors) {
                double tick = factor * decade;
                if (tick >= from * 0.999 && tick <= to * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private String x(double value) {
        double share = Math.log(value / left) / Math.log(right / left);
        return String.format(Locale.ROOT, "%.2f%%", LEFT_PERCENT + 1 + share * (RIGHT_PERCENT - LEFT_PERCENT - 1));
    }

    private double y(double value) {
        double share = Math.log(Math.max(low, value) / low) / Math.log(high / low);
        return BOTTOM - share * (BOTTOM - TOP);
    }
}
