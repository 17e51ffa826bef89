package greenlet.lab.report.html;

import greenlet.lab.article.FrontMatter;
import greenlet.lab.article.Section;
import greenlet.lab.article.Sentence;
import greenlet.lab.claim.AnnotatedPost;
import greenlet.lab.claim.Choice;
import greenlet.lab.claim.Outcome;
import greenlet.lab.claim.Platform;
import greenlet.lab.claim.Strength;
import greenlet.lab.report.MachineLines;
import greenlet.lab.report.plot.CurvePlots;
import greenlet.lab.report.plot.Palette;
import greenlet.lab.report.plot.Plot;
import greenlet.lab.report.plot.Plots;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code report.html}: the annotated post, "so choose" and the plots on one page; of a report of curves only, these.
 *
 * <p>The page has no script and asks the network for nothing, which its content security policy enforces. Confined to one thread.
 */
public final class HtmlReport {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final AnnotatedPost annotated;
    private final List<Plot> plots;
    private final Optional<Plot> main;
    private final Evidence evidence;
    private final ArticleHtml article;
    private final boolean curvesOnly;

    private HtmlReport(AnnotatedPost annotated) {
        this.annotated = annotated;
        this.plots = Plots.each(annotated.report());
        this.main = Plots.main(annotated.report());
        this.evidence = new Evidence(plots.stream().map(Plot::id).collect(Collectors.toSet()));
        this.article = new ArticleHtml(annotated, evidence);
        this.curvesOnly = CurvePlots.areAllOf(annotated.report());
    }

    /**
     * Makes the page.
     *
     * @param annotated what to put on it
     * @param front the post's front matter, carried on
     * @return a whole HTML document
     */
    public static String render(AnnotatedPost annotated, FrontMatter front) {
        return new HtmlReport(annotated).page(front);
    }

    private String page(FrontMatter front) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="%s">
            <meta name="description" content="%s">
            <title>%s</title>
            <style>
            %s%s</style>
            </head>
            <body>
            <main>
            %s</main>
            </body>
            </html>
            """.formatted(
                        POLICY,
                        Html.escape(curvesOnly ? CurvePlots.TITLE : front.tldr().orElse("")),
                        Html.escape(curvesOnly ? CurvePlots.TITLE : front.title()),
                        style(),
                        colours(),
                        curvesOnly ? curves() : annotatedPost(front));
    }

    private String annotatedPost(FrontMatter front) {
        return String.join(
                "",
                header(front),
                summary(),
                choices(),
                CurveSection.render(annotated.report()),
                "<article id=\"article\">\n",
                article.render(contents()),
                "</article>\n",
                unmatched(),
                figures(),
                machine());
    }

    private String curves() {
        return "<header>\n"
                + Html.element("h1", "", CurvePlots.TITLE)
                + Html.element(
                        "p",
                        "about",
                        "Measured " + MachineLines.minute(annotated.report().updatedAt()) + " UTC")
                + "</header>\n"
                + warnings()
                + CurveSection.render(annotated.report())
                + machine();
    }

    private static String style() {
        try (InputStream in =
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"), "report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the style sheet; the jar is damaged: build it anew.", e);
        }
    }

    /** One variable for each mechanism that occurs, light and dark. */
    private String colours() {
        List<Plot> all = new ArrayList<>(plots);
        main.ifPresent(all::add);
        List<String> mechanisms = Stream.concat(
                        Plots.mechanisms(all).stream(), CurveSection.mechanisms(annotated.report()).stream())
                .distinct()
                .toList();
        return Palette.styles(mechanisms);
    }

    private String header(FrontMatter front) {
        String dates = front.text("created_at").map(date -> "Created " + date).orElse("")
                + front.text("updated_at").map(date -> ", updated " + date).orElse("");
        List<String> about = new ArrayList<>(front.authors());
        about.add(dates);
        String tags = front.tags().stream()
                .map(tag -> Html.element("span", "tag", tag))
                .collect(Collectors.joining(" "));
        return "<header>\n<h1>%s</h1>\n<p class=\"about\">%s %s</p>\n%s</header>\n"
                .formatted(
                        Html.escape(front.title()), Html.escape(String.join(" \u00b7 ", about)), tags, article.tldr());
    }

    private String summary() {
        String tally = annotated.tally().entrySet().stream()
                .map(each -> "<dt>%s</dt><dd>%s</dd>\n".formatted(Html.escape(each.getKey()), counts(each.getValue())))
                .collect(Collectors.joining());
        return """
            <section id="result" class="result">
            <h2>The result</h2>
            %s<p>Each sentence that asserts something was held against this machine's figures: its verdict stands behind it, the
            figures beside it.</p>
            <dl class="tally">
            %s</dl>
            %s</section>
            """.formatted(warnings(), tally, main.map(PlotSvg::figure).orElse(""));
    }

    private String counts(Map<Outcome, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> "<span class=\"count\">%s <strong>%d</strong></span>"
                        .formatted(evidence.badge(each.getKey(), Strength.FOUND, ""), each.getValue()))
                .collect(Collectors.joining(" "));
    }

    private String warnings() {
        StringBuilder out = new StringBuilder();
        if (annotated.report().partial()) {
            out.append(Html.element(
                    "p",
                    "warning",
                    "The comparison was interrupted: this report is partial, and its verdicts only indicate."));
        }
        if (annotated.report().budget().isIndicative()) {
            out.append(Html.element("p", "warning", "This was a quick comparison: its verdicts only indicate."));
        }
        if (!curvesOnly && !annotated.platforms().contains(Platform.PYTHON)) {
            out.append(Html.element(
                    "p",
                    "remark",
                    "No figures of Python: install python3 with the packages greenlet and gevent to have them"
                            + " beside the JVM's."));
        }
        return out.toString();
    }

    private String choices() {
        String tables = annotated.platforms().stream().map(this::choices).collect(Collectors.joining());
        String body = tables.isEmpty() ? "<p>Nothing was measured.</p>\n" : tables;
        return "<section id=\"choose\">\n<h2>So choose</h2>\n" + body + "</section>\n";
    }

    private String choices(Platform platform) {
        String rows = annotated.choices().stream()
                .filter(choice -> choice.platform() == platform)
                .map(this::choice)
                .collect(Collectors.joining());
        return "<h3>%s</h3>\n<dl class=\"choices\">\n%s</dl>\n".formatted(Html.escape(platform.label()), rows);
    }

    private String choice(Choice choice) {
        String hint = choice.strength() == Strength.INDICATED && choice.isMeasured() ? "Indicated: " : "";
        String because = choice.because().stream()
                .map(answer -> "<li>" + evidence.because(answer) + "</li>")
                .collect(Collectors.joining());
        String details = because.isEmpty() ? "" : "<details><summary>why</summary><ul>" + because + "</ul></details>";
        return "<dt>%s</dt><dd>%s%s</dd>\n"
                .formatted(Html.escape(choice.workload().label()), Html.escape(hint + choice.advice()), details);
    }

    private String contents() {
        String sections = annotated.post().body().sections().stream()
                .filter(section -> section.number() > 0)
                .map(HtmlReport::contentsLine)
                .collect(Collectors.joining());
        return """
            <nav class="contents" aria-label="Contents">
            <ul>
            <li><a href="#result">The result</a></li>
            <li><a href="#choose">So choose</a></li>
            %s%s<li><a href="#plots">Plots</a></li>
            <li><a href="#machine">Machine</a></li>
            </ul>
            </nav>
            """.formatted(CurveSection.contents(annotated.report()), sections);
    }

    private static String contentsLine(Section section) {
        return "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n"
                .formatted(section.level(), section.anchor(), Html.escape(section.title()));
    }

    private String unmatched() {
        List<Sentence> sentences = annotated.unmatched();
        if (sentences.isEmpty()) {
            return "";
        }
        String items = sentences.stream()
                .map(sentence -> "<li><a href=\"#%s\">%s</a>, line %d: %s</li>\n"
                        .formatted(
                                sentence.id(),
                                ArticleHtml.number(sentence),
                                sentence.line(),
                                Html.escape(sentence.text())))
                .collect(Collectors.joining());
        return "<section id=\"unmatched\">\n<h2>Asserted, and matched by no claim</h2>\n<ul>\n" + items
                + "</ul>\n</section>\n";
    }

    private String figures() {
        String all = plots.stream().map(PlotSvg::figure).collect(Collectors.joining());
        return """
            <section id="plots">
            <h2>Plots</h2>
            <p>A mark is the median, the line through it its interval. Axes are logarithmic unless a value is zero. Hovering tells
            the number of samples.</p>
            <div class="plots">
            %s</div>
            </section>
            """.formatted(all.isEmpty() ? "<p>Nothing was measured.</p>" : all);
    }

    private String machine() {
        String lines = MachineLines.of(annotated.report()).entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue()))
                .collect(Collectors.joining());
        return "<section id=\"machine\">\n<h2>Machine</h2>\n<dl>\n" + lines + "</dl>\n</section>\n";
    }

    private static String line(String name, String value) {
        return "<dt>%s</dt><dd>%s</dd>\n".formatted(Html.escape(name), Html.escape(value));
    }
}
