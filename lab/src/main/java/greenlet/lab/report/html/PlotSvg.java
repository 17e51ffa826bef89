package greenlet.lab.report.html;

import greenlet.lab.measure.Interval;
import greenlet.lab.report.Quantity;
import greenlet.lab.report.plot.Axis;
import greenlet.lab.report.plot.Palette;
import greenlet.lab.report.plot.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A plot as a figure with inline SVG.
 *
 * <p>Positions along the axis are percentages of the width and everything else is in pixels: so a plot is as readable at 390 pixels as on paper,
 * where a scaled picture would shrink its letters. Colours are CSS variables, hence the dark mode; each row has a {@code <title>}, hence the
 * values on hovering without a script. ADR 0300 says why no library does this. Immutable.
 */
final class PlotSvg {
    private static final int GROUP_PIXELS = 24;
    private static final int LINE_PIXELS = 16;
    private static final int ROW_PIXELS = 36;
    private static final int TEXT_PIXELS = 14;
    private static final int TRACK_PIXELS = 25;
    private static final int AXIS_PIXELS = 24;

    /** So many bold letters are as wide as a plot on the narrowest page. */
    private static final int LINE_LETTERS = 50;

    private static final int MOST_LINES = 3;
    private static final String FAILED = "failed";

    /** Marks at the ends of the axis stay within the picture. */
    private static final double INSET_PERCENT = 2;

    private final Plot plot;
    private final StringBuilder out = new StringBuilder();
    private int top;

    private PlotSvg(Plot plot) {
        this.plot = plot;
    }

    static String figure(Plot plot) {
        return new PlotSvg(plot).draw();
    }

    private String draw() {
        int height = height();
        out.append("<figure class=\"plot\" id=\"%s\">\n".formatted(Html.escape(plot.id())));
        out.append("<figcaption><strong>%s</strong> %s</figcaption>\n"
                .formatted(Html.escape(plot.title()), Html.escape(plot.note())));
        out.append("<svg role=\"img\" width=\"100%%\" height=\"%d\" aria-label=\"%s\">\n"
                .formatted(height, Html.escape(plot.title() + ", " + scale())));
        grid(height);
        for (Plot.Group group : plot.drawn()) {
            List<String> label = lines(group);
            for (int i = 0; i < label.size(); i++) {
                out.append("<text class=\"group\" x=\"0\" y=\"%d\">%s</text>\n"
                        .formatted(top + TEXT_PIXELS + 3 + i * LINE_PIXELS, Html.escape(label.get(i))));
            }
            top += height(label);
            group.drawn().forEach(row -> row(row, Objects.requireNonNull(row.interval())));
        }
        return out.append("</svg>\n").append(absent()).append("</figure>\n").toString();
    }

    /** A label that would pass the edge of a narrow page, in lines. */
    private static List<String> lines(Plot.Group group) {
        List<String> lines = new ArrayList<>();
        // A group of a report that this program made has a line or two.
        for (String word : group.label().replace(" = ", "\u00a0=\u00a0").split(" ", -1)) {
            if (!lines.isEmpty() && lines.getLast().length() + 1 + word.length() <= LINE_LETTERS) {
                lines.addLast(lines.removeLast() + " " + word);
            } else if (!word.isEmpty() && lines.size() < MOST_LINES) {
                lines.add(word);
            }
        }
        return lines;
    }

    private static int height(List<String> label) {
        return label.isEmpty() ? 0 : GROUP_PIXELS + (label.size() - 1) * LINE_PIXELS;
    }

    private String absent() {
        String items = plot.absent().entrySet().stream()
                .map(each -> Html.element(
                                "li",
                                each.getKey().startsWith(FAILED) ? FAILED : "none",
                                String.join(", ", each.getValue()) + ": " + each.getKey())
                        + "\n")
                .collect(Collectors.joining());
        return items.isEmpty() ? "" : "<ul class=\"absent\">\n" + items + "</ul>\n";
    }

    private String scale() {
        return plot.axis().logarithmic() ? "logarithmic axis" : "linear axis";
    }

    private int height() {
        int groups = plot.drawn().stream()
                .mapToInt(group -> height(lines(group)) + group.drawn().size() * ROW_PIXELS)
                .sum();
        return groups + AXIS_PIXELS;
    }

    private void grid(int height) {
        int bottom = height - AXIS_PIXELS;
        Axis axis = plot.axis();
        for (double tick : axis.ticks()) {
            out.append(
                    "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"%2$d\"/>\n".formatted(x(tick), bottom));
        }
        if (plot.isOfRatios()) {
            out.append("<line class=\"one\" x1=\"%1$s\" x2=\"%1$s\" y1=\"0\" y2=\"%2$d\"/>\n".formatted(x(1), bottom));
        }
        List<Double> ticks = axis.ticks();
        IntStream.range(0, ticks.size()).forEach(i -> {
            double share = axis.position(ticks.get(i));
            String anchor = share < 0.08 ? "start" : share > 0.92 ? "end" : "middle";
            // Every other label may go where the page is narrow.
            String spare = ticks.size() > 4 && i % 2 == 1 ? " spare" : "";
            out.append("<text class=\"tick%s\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                    .formatted(
                            spare,
                            x(ticks.get(i)),
                            height - 8,
                            anchor,
                            Html.escape(Quantity.label(ticks.get(i), plot.unit()))));
        });
    }

    private void row(Plot.Row row, Interval interval) {
        out.append("<g class=\"row %s\">\n<title>%s</title>\n"
                .formatted(Palette.css(row.mechanism()), Html.escape(row.hover())));
        out.append("<rect class=\"hit\" x=\"0\" y=\"%d\" width=\"100%%\" height=\"%d\"/>\n".formatted(top, ROW_PIXELS));
        out.append("<text class=\"name\" x=\"0\" y=\"%d\">%s</text>\n"
                .formatted(top + TEXT_PIXELS, Html.escape(row.label())));
        out.append("<text class=\"value\" x=\"100%%\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                .formatted(top + TEXT_PIXELS, Html.escape(row.words())));
        mark(interval, Palette.look(row.mechanism()));
        out.append("</g>\n");
        top += ROW_PIXELS;
    }

    private void mark(Interval interval, Palette.Look look) {
        int y = top + TRACK_PIXELS;
        out.append("<line class=\"track\" x1=\"%s%%\" x2=\"%s%%\" y1=\"%3$d\" y2=\"%3$d\"/>\n"
                .formatted(INSET_PERCENT, 100 - INSET_PERCENT, y));
        out.append("<line class=\"interval\" x1=\"%s\" x2=\"%s\" y1=\"%3$d\" y2=\"%3$d\"/>\n"
                .formatted(x(interval.low()), x(interval.high()), y));
        for (double end : List.of(interval.low(), interval.high())) {
            out.append("<line class=\"end\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$d\" y2=\"%3$d\"/>\n"
                    .formatted(x(end), y - 4, y + 4));
        }
        out.append(
                "<svg x=\"%s\" y=\"%d\" overflow=\"visible\" width=\"1\" height=\"1\"><path class=\"mark%s\" d=\"%s\"/></svg>\n"
                        .formatted(x(interval.median()), y, look.hollow() ? " hollow" : "", shape(look.shape())));
    }

    static String shape(Palette.Shape shape) {
        return switch (shape) {
            case CIRCLE -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z";
            case SQUARE -> "M-4.5-4.5h9v9h-9z";
            case TRIANGLE -> "M0-6L5.5 4.5h-11z";
            case DIAMOND -> "M0-6.5L6.5 0L0 6.5L-6.5 0z";
        };
    }

    private String x(double value) {
        double percent = INSET_PERCENT + plot.axis().position(value) * (100 - 2 * INSET_PERCENT);
        return String.format(Locale.ROOT, "%.2f%%", percent);
    }
}
