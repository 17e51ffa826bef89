package greenlet.lab.advise.report;

import greenlet.lab.advise.Advice;
import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Numerals;
import greenlet.lab.advise.Point;
import greenlet.lab.measure.Machine;
import greenlet.lab.report.html.Html;
import greenlet.lab.report.html.HtmlReport;
import greenlet.lab.report.html.LinesSvg;
import greenlet.lab.report.plot.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * {@code advice.html}: the same as the text, with the curves. One file without a script that asks the network for nothing; whatever comes from
 * the user is escaped here.
 *
 * <p>Confined to one thread.
 */
public final class AdvicePage {
    /** The file's name in a folder. */
    public static final String NAME = "advice.html";

    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final AdviceReport report;
    private final Advice advice;

    private AdvicePage(AdviceReport report) {
        this.report = report;
        advice = report.advice();
    }

    /**
     * Makes the page.
     *
     * @param report the advice with what it rests on
     * @return a whole HTML document
     */
    public static String render(AdviceReport report) {
        return new AdvicePage(report).page();
    }

    private String page() {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="%s">
            <title>%s</title>
            <style>
            %s%s%s</style>
            </head>
            <body>
            <main>
            %s%s%s%s%s%s%s%s%s%s</main>
            </body>
            </html>
            """.formatted(
                POLICY,
                Html.escape("Advice: " + report.subject().title()),
                resource(HtmlReport.class, "report.css"),
                resource(AdvicePage.class, "advice.css"),
                colours(),
                header(),
                figures(),
                list("What a call is like", report.character()),
                table(),
                plots(),
                list("Break-even points", advice.breakEvens()),
                list("What would change the answer", advice.changes()),
                recipe(),
                list(
                        "What went wrong",
                        report.problems().stream().map(AdviceText::words).toList()),
                machine());
    }

    private static String resource(Class<?> beside, String name) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + "; the jar is damaged: build it anew.", e);
        }
    }

    private String colours() {
        return Palette.styles(
                report.curves().stream().map(curve -> curve.way().label()).toList());
    }

    private String header() {
        String level = advice.confidence().level().name().toLowerCase(Locale.ROOT);
        return """
            <header>
            <p class="about">greenlet advise · %s</p>
            <h1>%s</h1>
            <p class="answer">%s</p>
            <p class="about">Confidence: <strong class="badge %s">%s</strong> %s.</p>
            </header>
            """.formatted(
                Html.escape(report.createdAt().truncatedTo(ChronoUnit.SECONDS).toString()),
                Html.escape(report.subject().title()),
                Html.escape(advice.sentence()),
                badge(),
                level,
                Html.escape(String.join("; ", advice.confidence().reasons())));
    }

    private String badge() {
        return switch (advice.confidence().level()) {
            case HIGH -> "holds";
            case MEDIUM -> "depends";
            case LOW -> "fails";
        };
    }

    private String figures() {
        if (advice.figures().isEmpty()) {
            return "";
        }
        return section(
                "The figures that decide",
                advice.figures().stream()
                        .map(figure -> "<dt>%s%s</dt><dd>%s</dd>\n"
                                .formatted(
                                        Html.escape(figure.name()),
                                        figure.decides() ? " <span class=\"badge holds\">decides</span>" : "",
                                        Html.escape(figure.text()).replace("; ", "<br>")))
                        .collect(Collectors.joining("", "<dl>\n", "</dl>\n")));
    }

    private static String list(String title, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : section(
                        title,
                        lines.stream()
                                .map(line -> "<li>" + Html.escape(line) + "</li>\n")
                                .collect(Collectors.joining("", "<ul>\n", "</ul>\n")));
    }

    private static String section(String title, String content) {
        return "<section>\n<h2>" + Html.escape(title) + "</h2>\n" + content + "</section>\n";
    }

    private String table() {
        String head = "<tr><th></th><th>at once</th><th>"
                + Html.escape(report.subject().units())
                + "/s</th><th>p99</th><th>memory</th><th>CPU each</th><th></th></tr>\n";
        return section(
                "Measured at the decisive load of each",
                "<table>\n" + head + report.curves().stream().map(this::row).collect(Collectors.joining())
                        + "</table>\n");
    }

    private String row(Curve curve) {
        String name = "<th scope=\"row\" class=\"%s\"><span class=\"name\"><span class=\"swatch\"></span>%s</span></th>"
                .formatted(
                        Palette.css(curve.way().label()),
                        Html.escape(curve.way().words()));
        String reason = curve.reason() == null ? "" : curve.reason();
        if (curve.points().isEmpty()) {
            String status = curve.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return "<tr>%s<td colspan=\"6\">%s</td></tr>\n".formatted(name, Html.escape(status + ": " + reason));
        }
        Point point = curve.isAdmissible() ? curve.middle() : curve.points().getFirst();
        String chosen = curve.way() == advice.choice() ? " class=\"chosen\"" : "";
        return "<tr%s>%s<td>%,d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        chosen,
                        name,
                        point.concurrency(),
                        Numerals.plain(point.perSecond()),
                        Numerals.time(point.p99Nanos()),
                        Numerals.memory(point.memoryBytes()),
                        Numerals.time(point.cpuNanos()),
                        Html.escape((curve.isAdmissible() ? "" : "does not fit. ") + reason));
    }

    private String plots() {
        String plots = AdvicePlots.of(report).stream().map(LinesSvg::figure).collect(Collectors.joining());
        return plots.isEmpty() ? "" : section("Under rising load", "<div class=\"plots\">\n" + plots + "</div>\n");
    }

    private String recipe() {
        Advice.Recipe recipe = advice.recipe();
        return recipe == null
                ? ""
                : section(
                        "How to apply it",
                        "<pre><code>" + Html.escape(recipe.code()) + "</code></pre>\n<p>" + Html.escape(recipe.note())
                                + "</p>\n");
    }

    private String machine() {
        Machine machine = report.machine();
        String text = "%s, kernel %s, %s, %d cores, %s, %s, greenlet %s"
                .formatted(
                        machine.os(),
                        machine.kernel(),
                        machine.cpuModel(),
                        machine.cores(),
                        Numerals.memory(machine.memoryBytes()),
                        machine.jdk(),
                        machine.greenletVersion());
        return section("Machine", "<p>" + Html.escape(text) + "</p>\n");
    }
}
