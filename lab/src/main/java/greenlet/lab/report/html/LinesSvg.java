package greenlet.lab.report.html;

import greenlet.lab.measure.Interval;
import greenlet.lab.report.Quantity;
import greenlet.lab.report.plot.Axis;
import greenlet.lab.report.plot.Lines;
import greenlet.lab.report.plot.Palette;
import java.util.Locale;

/**
 * Curves as a figure with inline SVG. As in {@link PlotSvg} (ADR 0300) positions along the page are percentages and everything else is pixels,
 * colours are CSS variables, hence the dark mode, and each mark has its values in a {@code <title>}, hence the hovering without a script.
 * Immutable.
 */
public final class LinesSvg {
    private static final int HEIGHT = 260;
    private static final int TOP = 14;
    private static final int BOTTOM = 228;
    private static final double LEFT_PERCENT = 17;
    private static final double RIGHT_PERCENT = 98;
    private static final int END_PIXELS = 4;
    private static final int HIT_PIXELS = 11;
    /** An interval that is no longer than its mark is not to be seen. */
    private static final double VISIBLE_PIXELS = 1.5;

    private final Lines plot;
    private final StringBuilder out = new StringBuilder();

    private LinesSvg(Lines plot) {
        this.plot = plot;
    }

    /**
     * Draws it.
     *
     * @param plot to draw
     * @return a figure
     */
    public static String figure(Lines plot) {
        return new LinesSvg(plot).draw();
    }

    private String draw() {
        String scales = scale(plot.x()) + " horizontal, " + scale(plot.y()) + " vertical axis";
        out.append("<figure class=\"plot curve\" id=\"%s\">\n".formatted(Html.escape(plot.id())));
        out.append("<figcaption><strong>%s</strong> against %s. %s</figcaption>\n"
                .formatted(Html.escape(plot.title()), Html.escape(plot.against()), Html.escape(plot.note())));
        out.append("<svg role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"%s\">\n"
                .formatted(HEIGHT, Html.escape(plot.title() + " against " + plot.against() + ", " + scales)));
        plot.spans().forEach(this::span);
        grid();
        for (Lines.Line line : plot.lines()) {
            out.append("<g class=\"%s\">\n".formatted(Html.escape(line.css())));
            connect(line);
            line.dots().forEach(dot -> mark(dot, line.look()));
            out.append("</g>\n");
        }
        out.append("</svg>\n");
        legend();
        return out.append("</figure>\n").toString();
    }

    private static String scale(Axis axis) {
        return axis.logarithmic() ? "logarithmic" : "linear";
    }

    private void span(Lines.Span span) {
        double from = percent(span.from());
        out.append("<g class=\"span\"><title>%s</title>\n".formatted(Html.escape(span.hover())));
        out.append("<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>\n"
                .formatted(text(from), TOP, text(Math.max(0.3, percent(span.to()) - from)), BOTTOM - TOP));
        out.append("<line class=\"one\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/></g>\n"
                .formatted(text(percent(span.at())), TOP, BOTTOM));
    }

    private void grid() {
        for (double tick : plot.y().ticks()) {
            String height = number(y(tick));
            out.append("<line class=\"grid\" x1=\"%1$s\" x2=\"%2$s\" y1=\"%3$s\" y2=\"%3$s\"/>\n"
                    .formatted(text(LEFT_PERCENT), text(RIGHT_PERCENT), height));
            out.append("<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>\n"
                    .formatted(
                            text(LEFT_PERCENT - 1),
                            number(y(tick) + 4),
                            Html.escape(plot.words().apply(tick))));
        }
        for (double tick : plot.x().ticks()) {
            out.append("<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>\n"
                    .formatted(text(percent(tick)), TOP, BOTTOM));
            String anchor = percent(tick) > RIGHT_PERCENT - 2 ? "end" : "middle";
            out.append("<text class=\"tick\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                    .formatted(text(percent(tick)), BOTTOM + 20, anchor, Html.escape(Quantity.label(tick, "1"))));
        }
    }

    private void connect(Lines.Line line) {
        for (int i = 1; i < line.dots().size(); i++) {
            Lines.Dot from = line.dots().get(i - 1);
            Lines.Dot to = line.dots().get(i);
            out.append("<line class=\"link\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                    .formatted(
                            text(percent(from.x())),
                            number(y(from.interval().median())),
                            text(percent(to.x())),
                            number(y(to.interval().median()))));
        }
    }

    /** Within a picture of its own, whose origin is the median: there all is in pixels. */
    private void mark(Lines.Dot dot, Palette.Look look) {
        Interval interval = dot.interval();
        double median = y(interval.median());
        double low = y(interval.low()) - median;
        double high = y(interval.high()) - median;
        out.append(
                "<svg class=\"dot\" x=\"%s\" y=\"%s\" overflow=\"visible\" width=\"1\" height=\"1\"><title>%s</title>"
                        .formatted(text(percent(dot.x())), number(median), Html.escape(dot.hover())));
        if (low - high > VISIBLE_PIXELS) {
            out.append(
                    "<line class=\"end\" x1=\"0\" x2=\"0\" y1=\"%s\" y2=\"%s\"/>".formatted(number(low), number(high)));
            for (double end : new double[] {low, high}) {
                out.append("<line class=\"end\" x1=\"-%1$d\" x2=\"%1$d\" y1=\"%2$s\" y2=\"%2$s\"/>"
                        .formatted(END_PIXELS, number(end)));
            }
        }
        out.append("<path class=\"mark%s\" d=\"%s\"/><circle class=\"hit\" r=\"%d\"/></svg>\n"
                .formatted(look.hollow() ? " hollow" : "", PlotSvg.shape(look.shape()), HIT_PIXELS));
    }

    private void legend() {
        out.append("<p class=\"legend\">");
        for (Lines.Line line : plot.lines()) {
            out.append(
                    "<span class=\"key %s\"><svg width=\"14\" height=\"14\" aria-hidden=\"true\"><path class=\"mark%s\" transform=\"translate(7 7)\" d=\"%s\"/></svg> %s</span> "
                            .formatted(
                                    Html.escape(line.css()),
                                    line.look().hollow() ? " hollow" : "",
                                    PlotSvg.shape(line.look().shape()),
                                    Html.escape(line.label())));
        }
        out.append("</p>\n");
    }

    private double percent(double x) {
        return LEFT_PERCENT + plot.x().position(x) * (RIGHT_PERCENT - LEFT_PERCENT);
    }

    private double y(double value) {
        return BOTTOM - plot.y().position(value) * (BOTTOM - TOP);
    }

    private static String text(double percent) {
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
