package greenlet.lab.advise.report;

import greenlet.lab.advise.Advice;
import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Figure;
import greenlet.lab.advise.Numerals;
import greenlet.lab.advise.Point;
import greenlet.lab.advise.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Advice for a terminal: the sentence first, then what it rests on.
 *
 * <p>Confined to one thread.
 */
public final class AdviceText {
    private static final String ROW = "  %-26s %10s %14s %11s %11s %11s  %s";

    private final int width;
    private final StringBuilder out = new StringBuilder();

    private AdviceText(int width) {
        this.width = width;
    }

    /**
     * Renders advice. Not a switch point.
     *
     * @param report the advice with what it rests on
     * @param width columns of the terminal
     * @return text of several lines
     */
    public static String render(AdviceReport report, int width) {
        return new AdviceText(width).text(report);
    }

    private String text(AdviceReport report) {
        Advice advice = report.advice();
        paragraph("", report.subject().title() + ":");
        out.append('\n');
        paragraph("", advice.sentence());
        out.append('\n');
        paragraph(
                "",
                "Confidence: " + level(advice) + ": "
                        + String.join("; ", advice.confidence().reasons()) + ".");
        section(
                "The figures that decide",
                advice.figures().stream().map(AdviceText::words).toList());
        section("What a call is like", report.character());
        table(report);
        section("Break-even points", advice.breakEvens());
        section("What would change the answer", advice.changes());
        recipe(advice);
        section(
                "What went wrong",
                report.problems().stream().map(AdviceText::words).toList());
        return out.toString();
    }

    private static String level(Advice advice) {
        return advice.confidence().level().name().toLowerCase(Locale.ROOT);
    }

    private static String words(Figure figure) {
        return figure.name() + ": " + figure.text() + (figure.decides() ? " (decides)" : "");
    }

    /**
     * A problem in words. Not a switch point.
     *
     * @param problem the problem
     * @return where it was met, then what
     */
    static String words(Problem problem) {
        String kind = problem.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var way = problem.way();
        String where = way == null
                ? ""
                : " (" + way.words() + (problem.concurrency() > 0 ? ", " + problem.concurrency() + " at once" : "")
                        + ")";
        return kind + where + ": " + problem.what() + ".";
    }

    private void table(AdviceReport report) {
        if (report.curves().stream().allMatch(curve -> curve.points().isEmpty() && curve.reason() == null)) {
            return;
        }
        out.append("\nMeasured at the decisive load of each\n");
        out.append(ROW.formatted("", "at once", report.subject().units() + "/s", "p99", "memory", "CPU each", "")
                        .stripTrailing())
                .append('\n');
        for (Curve curve : report.curves()) {
            row(curve);
        }
    }

    private void row(Curve curve) {
        if (curve.points().isEmpty()) {
            String status = curve.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            paragraph(
                    "  ", String.format(Locale.ROOT, "%-26s %s: %s", curve.way().words(), status, curve.reason()));
            return;
        }
        Point point = curve.isAdmissible() ? curve.middle() : curve.points().getFirst();
        String remark = curve.isAdmissible() ? "" : "does not fit";
        out.append(ROW.formatted(
                                curve.way().words(),
                                "%,d".formatted(point.concurrency()),
                                Numerals.plain(point.perSecond()),
                                Numerals.time(point.p99Nanos()),
                                Numerals.memory(point.memoryBytes()),
                                Numerals.time(point.cpuNanos()),
                                remark)
                        .stripTrailing())
                .append('\n');
        String reason = curve.reason();
        if (reason != null && !reason.isEmpty()) {
            paragraph("      ", reason);
        }
    }

    private void recipe(Advice advice) {
        Advice.Recipe recipe = advice.recipe();
        if (recipe != null) {
            out.append("\nHow to apply it\n").append(recipe.code().indent(4));
            paragraph("  ", recipe.note());
        }
    }

    private void section(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.append('\n').append(title).append('\n');
        lines.forEach(line -> paragraph("  ", line));
    }

    private void paragraph(String indent, String text) {
        List<String> lines = new ArrayList<>();
        for (String given : text.split("\n", -1)) {
            wrap(given, indent, lines);
        }
        out.append(lines.stream().collect(Collectors.joining("\n"))).append('\n');
    }

    private void wrap(String text, String indent, List<String> lines) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > width && line.length() > indent.length() + 2) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent).append(indent.isEmpty() ? "" : "  ");
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
    }
}
