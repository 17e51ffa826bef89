package greenlet.lab.advise.report;

import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Numerals;
import greenlet.lab.advise.Point;
import greenlet.lab.advise.Way;
import greenlet.lab.measure.Interval;
import greenlet.lab.report.plot.Axis;
import greenlet.lab.report.plot.Lines;
import greenlet.lab.report.plot.Palette;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Makes the plots of advice: figures against the load, a line for each way. Each point is one measurement, so that it has no interval. Immutable. */
final class AdvicePlots {
    private final AdviceReport report;
    private final List<Curve> curves;
    private final boolean atRates;

    private AdvicePlots(AdviceReport report) {
        this.report = report;
        this.curves = report.curves().stream()
                .filter(curve -> !curve.points().isEmpty())
                .toList();
        this.atRates = report.subject().shape() != null;
    }

    /** Throughput where the load is callers, the time of the slowest in a hundred, and memory; nothing if no way has two points. */
    static List<Lines> of(AdviceReport report) {
        if (report.curves().stream().allMatch(curve -> curve.points().size() < 2)) {
            return List.of();
        }
        AdvicePlots plots = new AdvicePlots(report);
        List<Lines> all = new ArrayList<>();
        if (!plots.atRates) {
            String units = report.subject().units();
            all.add(plots.plot("throughput", units + " a second", "More", "1", Point::perSecond, Numerals::plain));
        }
        all.add(plots.plot(
                "p99", "time that one in a hundred takes longer than", "Less", "ns", Point::p99Nanos, Numerals::time));
        all.add(plots.plot("memory", "memory", "Less", "bytes", Point::memoryBytes, Numerals::memory));
        return all;
    }

    private Lines plot(
            String id,
            String title,
            String better,
            String unit,
            ToDoubleFunction<Point> figure,
            DoubleFunction<String> words) {
        List<Point> points =
                curves.stream().flatMap(curve -> curve.points().stream()).toList();
        return new Lines(
                "plot-" + id,
                title,
                atRates ? report.subject().units() + " a second" : "callers at once",
                better + " is better.",
                Axis.ofPoints(true, points.stream().map(AdvicePlots::load).toList()),
                Axis.ofFigures(points.stream().mapToDouble(figure).boxed().toList(), unit),
                words,
                curves.stream().map(curve -> line(curve, figure, words)).toList(),
                List.of());
    }

    private static Lines.Line line(Curve curve, ToDoubleFunction<Point> figure, DoubleFunction<String> words) {
        Way way = curve.way();
        List<Lines.Dot> dots = curve.points().stream()
                .sorted(Comparator.comparingDouble(AdvicePlots::load))
                .map(point -> dot(way, point, figure.applyAsDouble(point), words))
                .toList();
        return new Lines.Line(Palette.css(way.label()), way.words(), Palette.look(way.label()), dots);
    }

    private static Lines.Dot dot(Way way, Point point, double value, DoubleFunction<String> words) {
        String hover = way.words() + ", " + Numerals.plain(load(point)) + ": " + words.apply(value);
        return new Lines.Dot(load(point), new Interval(value, value, value), hover);
    }

    private static double load(Point point) {
        Double offered = point.offeredPerSecond();
        return offered == null ? point.concurrency() : offered;
    }
}
