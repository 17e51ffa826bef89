package greenlet.lab.report.plot;

import greenlet.lab.curve.Curve;
import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Crossing;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.report.Quantity;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the plots of curves: one for each metric. Immutable. */
public final class CurvePlots {
    /** What a report of curves only is called. */
    public static final String TITLE = "Greenlets and threads: where they cross";

    private CurvePlots() {}

    /**
     * The curves of a report that have a figure.
     *
     * @param report to look through
     * @return in the order of the registry
     */
    public static List<Curve> curves(Report report) {
        return Curves.all().stream()
                .filter(curve -> report.runs().stream().anyMatch(run -> isOf(run, curve)))
                .toList();
    }

    /**
     * Tells whether a report is about curves and nothing else: then no sentence of an article is held against it.
     *
     * @param report to look through
     * @return false if it has no run at all
     */
    public static boolean areAllOf(Report report) {
        List<String> names = Curves.all().stream().map(Curve::name).toList();
        return !report.runs().isEmpty()
                && report.runs().stream().map(Run::scenario).allMatch(names::contains);
    }

    /**
     * The plots of one curve.
     *
     * @param report to plot
     * @param curve which curve
     * @return one for each metric that has a figure, those that a choice rests on first
     */
    public static List<Lines> of(Report report, Curve curve) {
        List<Lines> plots = new ArrayList<>();
        for (Metric metric : curve.metrics(Size.ONLY)) {
            List<Run> runs = report.runs().stream()
                    .filter(run -> isOf(run, curve) && run.metric().equals(metric.name()))
                    .toList();
            if (!runs.isEmpty()) {
                plots.add(plot(report, curve, metric, runs));
            }
        }
        return plots;
    }

    /**
     * The sentences about where mechanisms cross on a curve.
     *
     * @param report whose crossings
     * @param curve which curve
     * @return crossings first
     */
    public static List<Crossing> crossings(Report report, Curve curve) {
        return report.crossings().stream()
                .filter(crossing -> crossing.scenario().equals(curve.name()))
                .sorted(Comparator.comparing(crossing -> crossing.kind() != Crossing.Kind.CROSSES))
                .toList();
    }

    private static boolean isOf(Run run, Curve curve) {
        return run.isMeasured()
                && run.scenario().equals(curve.name())
                && run.parameters().containsKey(curve.parameter());
    }

    private static Lines plot(Report report, Curve curve, Metric metric, List<Run> runs) {
        Map<String, List<Run>> byMechanism =
                runs.stream().collect(Collectors.groupingBy(Run::mechanism, LinkedHashMap::new, Collectors.toList()));
        List<Lines.Line> lines = byMechanism.entrySet().stream()
                .map(each -> new Lines.Line(
                        Palette.css(each.getKey()),
                        each.getKey().replace('-', ' '),
                        Palette.look(each.getKey()),
                        dots(curve, each.getValue())))
                .toList();
        List<Double> places = runs.stream().map(run -> place(curve, run)).toList();
        List<Double> ends =
                runs.stream().flatMap(run -> Stream.of(run.low(), run.high())).toList();
        List<Lines.Span> spans = crossings(report, curve).stream()
                .filter(crossing -> crossing.kind() == Crossing.Kind.CROSSES
                        && crossing.metric().equals(metric.name()))
                .map(each -> new Lines.Span(each.at(), each.from(), each.to(), each.words()))
                .toList();
        String note = metric.better() == Metric.Better.HIGHER ? "More is better." : "Less is better.";
        return new Lines(
                "curve-" + Plots.id(curve.name(), metric.name()).substring("plot-".length()),
                metric.about(),
                curve.axis(),
                note,
                Axis.ofPoints(curve.isLogarithmic(), places),
                Axis.ofFigures(ends, metric.unit()),
                value -> Quantity.label(value, metric.unit()),
                lines,
                spans);
    }

    private static List<Lines.Dot> dots(Curve curve, List<Run> runs) {
        return runs.stream()
                .map(run -> new Lines.Dot(place(curve, run), run.interval(), hover(curve, run)))
                .sorted(Comparator.comparingDouble(Lines.Dot::x))
                .toList();
    }

    private static String hover(Curve curve, Run run) {
        String reason = run.reason() == null ? "" : ". " + run.reason();
        return "%s, %s %s: %s, %d samples%s"
                .formatted(
                        run.mechanism().replace('-', ' '),
                        run.parameters().get(curve.parameter()),
                        curve.unit(),
                        Quantity.words(run.interval(), run.unit()),
                        run.samples().size(),
                        reason);
    }

    private static double place(Curve curve, Run run) {
        return Double.parseDouble(String.valueOf(run.parameters().get(curve.parameter())));
    }
}
