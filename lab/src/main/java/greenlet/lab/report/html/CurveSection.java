package greenlet.lab.report.html;

import greenlet.lab.curve.Curve;
import greenlet.lab.measure.Crossing;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.report.plot.CurvePlots;
import java.util.List;
import java.util.stream.Collectors;

/** The part of the page with the curves: for each its crossings as sentences, then its plots. Nothing where no curve was measured. Immutable. */
final class CurveSection {
    private CurveSection() {}

    static String render(Report report) {
        List<Curve> curves = CurvePlots.curves(report);
        if (curves.isEmpty()) {
            return "";
        }
        String parts = curves.stream().map(curve -> part(report, curve)).collect(Collectors.joining());
        return """
            <section id="curves">
            <h2>Curves: where the mechanisms cross</h2>
            <p>A mark is the median, the line through it its interval. A grey band is where two of them cross, the broken line in it the place
            by interpolation. Hovering tells the figures.</p>
            %s</section>
            """.formatted(parts);
    }

    static String contents(Report report) {
        return CurvePlots.curves(report).isEmpty() ? "" : "<li><a href=\"#curves\">Curves</a></li>\n";
    }

    static List<String> mechanisms(Report report) {
        return CurvePlots.curves(report).isEmpty()
                ? List.of()
                : report.runs().stream().map(Run::mechanism).distinct().toList();
    }

    private static String part(Report report, Curve curve) {
        String sentences = CurvePlots.crossings(report, curve).stream()
                .map(CurveSection::sentence)
                .collect(Collectors.joining());
        String missing = report.runs().stream()
                .filter(run -> run.scenario().equals(curve.name()) && !run.isMeasured())
                .map(run -> "%s at %s: %s"
                        .formatted(
                                run.mechanism().replace('-', ' '),
                                run.parameters().getOrDefault(curve.parameter(), ""),
                                run.reason()))
                .distinct()
                .map(text -> Html.element("p", "remark", "Not measured: " + text))
                .collect(Collectors.joining());
        String plots =
                CurvePlots.of(report, curve).stream().map(LinesSvg::figure).collect(Collectors.joining());
        return "<h3>%s</h3>\n<ul class=\"crossings\">\n%s</ul>\n%s<div class=\"plots\">\n%s</div>\n"
                .formatted(Html.escape(capital(curve.about())), sentences, missing, plots);
    }

    private static String sentence(Crossing crossing) {
        String css = crossing.kind() == Crossing.Kind.CROSSES ? "crosses" : "alongside";
        return Html.element("li", css, capital(crossing.words()) + ".") + "\n";
    }

    static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
