package greenlet.lab.report.markdown;

import greenlet.lab.article.FrontMatter;
import greenlet.lab.article.Sentence;
import greenlet.lab.claim.AnnotatedPost;
import greenlet.lab.claim.Choice;
import greenlet.lab.claim.Outcome;
import greenlet.lab.claim.Platform;
import greenlet.lab.claim.Strength;
import greenlet.lab.curve.Curve;
import greenlet.lab.measure.Crossing;
import greenlet.lab.measure.Report;
import greenlet.lab.report.MachineLines;
import greenlet.lab.report.Quantity;
import greenlet.lab.report.plot.CurvePlots;
import greenlet.lab.report.plot.Evidences;
import greenlet.lab.report.plot.Lines;
import greenlet.lab.report.plot.Plot;
import greenlet.lab.report.plot.Plots;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code report.md}: the post with a verdict behind each sentence and the figures below each paragraph, {@code [TOC]} kept; of a report of
 * curves only, these. Confined to one thread.
 */
public final class MarkdownReport {
    private final AnnotatedPost annotated;
    private final List<Plot> plots;
    private final Map<String, String> pictures;

    private MarkdownReport(AnnotatedPost annotated, Map<String, String> pictures) {
        this.annotated = annotated;
        this.plots = Plots.each(annotated.report());
        this.pictures = pictures;
    }

    /**
     * Makes the file.
     *
     * @param annotated what to write
     * @param front the post's front matter, carried on
     * @param pictures path of the PNG of each plot, relative to the file, by the plot's id; those that could not be drawn are absent
     * @return Markdown with front matter
     */
    public static String render(AnnotatedPost annotated, FrontMatter front, Map<String, String> pictures) {
        return new MarkdownReport(annotated, pictures).file(front);
    }

    private String file(FrontMatter front) {
        if (CurvePlots.areAllOf(annotated.report())) {
            return "# " + CurvePlots.TITLE + "\n\n" + curves() + machine();
        }
        Set<String> known = plots.stream().map(Plot::id).collect(Collectors.toSet());
        ArticleMarkdown article = new ArticleMarkdown(annotated, known);
        return front.toYaml() + "\n" + article.render() + "\n" + result() + choices() + curves() + unmatched()
                + figures() + machine();
    }

    private String result() {
        StringBuilder tally = new StringBuilder();
        annotated
                .tally()
                .forEach((label, counts) -> counts.forEach((outcome, count) -> tally.append(
                        "| %s | %s %s | %d |\n".formatted(label, outcome.symbol(), outcome.label(), count))));
        String hint = annotated.isIndicative()
                ? "This comparison was quick or interrupted: its verdicts only indicate.\n\n"
                : "";
        String main = pictures.containsKey(Plots.MAIN)
                ? "![What others need, as a multiple of what greenlets need](" + pictures.get(Plots.MAIN) + ")\n\n"
                : "";
        return "## The result\n\n" + hint + "| Where | Verdict | Sentences |\n|---|---|---|\n" + tally + "\n" + main;
    }

    private String choices() {
        StringBuilder out = new StringBuilder("## So choose\n\n");
        for (Platform platform : annotated.platforms()) {
            out.append("### ").append(platform.label()).append("\n\n| For | Choose | Because |\n|---|---|---|\n");
            annotated.choices().stream()
                    .filter(choice -> choice.platform() == platform)
                    .map(MarkdownReport::row)
                    .forEach(out::append);
            out.append('\n');
        }
        if (annotated.platforms().isEmpty()) {
            out.append("Nothing was measured.\n\n");
        }
        return out.toString();
    }

    private static String row(Choice choice) {
        String hint = choice.isMeasured() && choice.strength() == Strength.INDICATED ? "Indicated: " : "";
        String because = choice.because().stream()
                .map(answer -> "%s %s: %s"
                        .formatted(
                                answer.question().measure().figure().scenario(),
                                answer.question().measure().figure().name(),
                                Evidences.words(answer)))
                .map(MarkdownReport::cell)
                .collect(Collectors.joining("<br>"));
        return "| %s | %s | %s |\n".formatted(choice.workload().label(), cell(hint + choice.advice()), because);
    }

    private String unmatched() {
        List<Sentence> sentences = annotated.unmatched();
        if (sentences.isEmpty()) {
            return "";
        }
        return sentences.stream()
                .map(sentence -> "- line %d: %s\n".formatted(sentence.line(), cell(sentence.text())))
                .collect(Collectors.joining("", "## Asserted, and matched by no claim\n\n", "\n"));
    }

    private String figures() {
        StringBuilder out = new StringBuilder("## Plots\n\n");
        for (Plot plot : plots) {
            out.append("<a id=\"")
                    .append(plot.id())
                    .append("\"></a>\n\n### ")
                    .append(cell(plot.title()))
                    .append("\n\n");
            if (pictures.containsKey(plot.id())) {
                out.append("![%s](%s)\n\n".formatted(cell(plot.title()), pictures.get(plot.id())));
            }
            out.append("| Size | Mechanism | Median (interval) |\n|---|---|---|\n");
            for (Plot.Group group : plot.groups()) {
                group.rows()
                        .forEach(row -> out.append("| %s | %s | %s |\n"
                                .formatted(cell(group.label()), cell(row.label()), cell(row.words()))));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private String curves() {
        Report report = annotated.report();
        StringBuilder out = new StringBuilder();
        for (Curve curve : CurvePlots.curves(report)) {
            out.append("## Curve: ").append(cell(curve.about())).append("\n\n");
            for (Crossing crossing : CurvePlots.crossings(report, curve)) {
                out.append("- ").append(cell(crossing.words())).append('\n');
            }
            for (Lines lines : CurvePlots.of(report, curve)) {
                out.append("\n### ").append(cell(lines.title())).append("\n\n");
                if (pictures.containsKey(lines.id())) {
                    out.append("![%s](%s)\n\n".formatted(cell(lines.title()), pictures.get(lines.id())));
                }
                out.append(table(curve, lines));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String table(Curve curve, Lines lines) {
        StringBuilder out = new StringBuilder("| " + cell(curve.axis()) + " |");
        lines.lines().forEach(line -> out.append(' ').append(cell(line.label())).append(" |"));
        out.append("\n|---|").append("---|".repeat(lines.lines().size())).append('\n');
        lines.lines().stream()
                .flatMap(line -> line.dots().stream())
                .map(Lines.Dot::x)
                .distinct()
                .sorted()
                .forEach(x -> {
                    out.append("| ").append(Quantity.label(x, "1")).append(" |");
                    lines.lines()
                            .forEach(line -> out.append(' ')
                                    .append(line.dots().stream()
                                            .filter(dot -> dot.x() == x)
                                            .findFirst()
                                            .map(dot -> lines.words()
                                                            .apply(dot.interval()
                                                                    .median()) + " ("
                                                    + lines.words()
                                                            .apply(dot.interval()
                                                                    .low()) + " to "
                                                    + lines.words()
                                                            .apply(dot.interval()
                                                                    .high()) + ")")
                                            .orElse("-"))
                                    .append(" |"));
                    out.append('\n');
                });
        return out.toString();
    }

    private String machine() {
        return MachineLines.of(annotated.report()).entrySet().stream()
                .map(each -> "| %s | %s |\n".formatted(cell(each.getKey()), cell(each.getValue())))
                .collect(Collectors.joining("", "## Machine\n\n| | |\n|---|---|\n", ""));
    }

    /** Text that a table's cell can hold, and that no renderer takes for mark-up. */
    static String cell(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1");
    }

    static String words(Outcome outcome, Strength strength) {
        return outcome.symbol() + " " + strength.words(outcome);
    }
}
