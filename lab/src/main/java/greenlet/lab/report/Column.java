package greenlet.lab.report;

import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Metric;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** One metric at one size: a cell per mechanism, all of one width. */
final class Column {
    /** One cell, laid out in three parts that line up with those of its neighbours above and below. */
    private record Parts(String value, String interval, String rank) {}

    private final String title;
    private final Map<String, Parts> parts;
    private final int valueWidth;
    private final int intervalWidth;
    private final int rankWidth;
    private final Style style;

    private Column(String title, Map<String, Parts> parts, Style style) {
        this.title = title;
        this.parts = parts;
        this.style = style;
        valueWidth = parts.values().stream()
                .mapToInt(part -> part.value.length())
                .max()
                .orElse(0);
        intervalWidth = parts.values().stream()
                .mapToInt(part -> part.interval.length())
                .max()
                .orElse(0);
        rankWidth = parts.values().stream()
                .mapToInt(part -> part.rank.length())
                .max()
                .orElse(0);
    }

    static Column of(String metric, SortedMap<String, String> size, List<Run> runs, Style style) {
        Optional<Run> best = best(runs);
        Map<String, Parts> parts = new HashMap<>();
        for (Run run : runs) {
            parts.put(run.mechanism(), parts(run, best));
        }
        String at = size(size);
        return new Column(at.isEmpty() ? metric : metric + ", " + at, parts, style);
    }

    /** Nothing for a scenario that has only one size. */
    static String sizeInBrackets(SortedMap<String, String> parameters) {
        String size = size(parameters);
        return size.isEmpty() ? "" : " (" + size + ")";
    }

    static String size(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey().endsWith("Bytes")
                        ? parameter.getKey().replace("Bytes", "") + " "
                                + Quantity.of(Double.parseDouble(parameter.getValue()), "bytes")
                                        .text(Double.parseDouble(parameter.getValue()))
                        : parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Optional<Run> best(List<Run> runs) {
        Comparator<Run> byMedian = Comparator.comparingDouble(Run::median);
        return runs.stream()
                .filter(Run::isMeasured)
                .min(isHigherBetter(runs.getFirst()) ? byMedian.reversed() : byMedian);
    }

    private static boolean isHigherBetter(Run run) {
        return Curves.metric(run.scenario(), run.metric())
                .map(metric -> metric.better() == Metric.Better.HIGHER)
                .orElse(false);
    }

    private static Parts parts(Run run, Optional<Run> best) {
        return switch (run.status()) {
            case MEASURED -> measured(run, best.orElseThrow());
            case NOT_APPLICABLE -> new Parts("n/a *", "", "");
            case FAILED -> new Parts("failed *", "", "");
            case SKIPPED -> new Parts("- *", "", "");
        };
    }

    private static Parts measured(Run run, Run best) {
        Quantity unit = Quantity.of(run.median(), run.unit());
        String interval =
                run.low() == run.high() ? "" : "[" + unit.digits(run.low()) + " " + unit.digits(run.high()) + "]";
        String remark = run.reason() == null ? "" : " *";
        return new Parts(unit.text(run.median()), interval, rank(run, best) + remark);
    }

    private static String rank(Run run, Run best) {
        if (run.equals(best)) {
            return "best";
        }
        if (run.interval().overlaps(best.interval())) {
            return "tie";
        }
        double ratio = isHigherBetter(run) ? best.median() / run.median() : run.median() / best.median();
        if (!Double.isFinite(ratio) || ratio >= 1e6) {
            return ">1Mx";
        }
        if (ratio >= 10_000) {
            return String.format(Locale.ROOT, "%.0fkx", ratio / 1000);
        }
        int decimals = ratio >= 100 ? 0 : ratio >= 2 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "fx", ratio);
    }

    String title() {
        return title;
    }

    int width() {
        int gaps = (intervalWidth > 0 ? 1 : 0) + (rankWidth > 0 ? 1 : 0);
        return Math.max(title.length(), valueWidth + intervalWidth + rankWidth + gaps);
    }

    /** The cell of a mechanism, padded to the column's width. */
    String cell(String mechanism) {
        Parts part = parts.get(mechanism);
        if (part == null) {
            return " ".repeat(width());
        }
        String value = " ".repeat(valueWidth - part.value.length()) + part.value;
        String interval = intervalWidth == 0 ? "" : " " + TerminalTable.pad(part.interval, intervalWidth);
        String rank = rankWidth == 0 ? "" : " " + TerminalTable.pad(part.rank, rankWidth);
        int missing = width() - value.length() - interval.length() - rank.length();
        String shownRank = part.rank.startsWith("best") ? style.good(rank) : rank;
        return value + style.faint(interval) + shownRank + " ".repeat(Math.max(0, missing));
    }
}
