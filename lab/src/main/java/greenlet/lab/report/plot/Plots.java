package greenlet.lab.report.plot;

import greenlet.lab.claim.Answer;
import greenlet.lab.claim.Claims;
import greenlet.lab.claim.Figure;
import greenlet.lab.claim.Finding;
import greenlet.lab.claim.Judge;
import greenlet.lab.claim.Measure;
import greenlet.lab.claim.Platform;
import greenlet.lab.claim.Question;
import greenlet.lab.claim.Role;
import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.report.Quantity;
import greenlet.lab.scenario.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes plots of the runs of a report. Immutable. */
public final class Plots {
    /** The id of the plot that sums the others up. */
    public static final String MAIN = "main";

    private static final String PREFIX = "plot-";
    private static final String PYTHON = "python";

    private Plots() {}

    /**
     * The id of the plot that shows a figure.
     *
     * @param scenario as in the report
     * @param metric as in the report
     * @return fit for an anchor and a file name
     */
    public static String id(String scenario, String metric) {
        return PREFIX + (scenario + "-" + metric).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    }

    /**
     * One plot for each scenario and metric that has a measured run; curves have {@link CurvePlots}.
     *
     * @param report to plot
     * @return in the order of the report
     */
    public static List<Plot> each(Report report) {
        Map<String, List<Run>> byId = report.runs().stream()
                .filter(run -> Curves.named(run.scenario()).isEmpty())
                .collect(Collectors.groupingBy(
                        run -> id(run.scenario(), run.metric()), LinkedHashMap::new, Collectors.toList()));
        return byId.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(Run::isMeasured))
                .map(each -> plot(each.getKey(), each.getValue()))
                .toList();
    }

    private static Plot plot(String id, List<Run> runs) {
        Run first = runs.stream().filter(Run::isMeasured).findFirst().orElseThrow();
        Optional<Metric> metric = Curves.metric(first.scenario(), first.metric());
        String title = first.scenario() + ": " + metric.map(Metric::about).orElse(first.metric());
        Map<String, List<Run>> bySize =
                runs.stream().collect(Collectors.groupingBy(Plots::size, LinkedHashMap::new, Collectors.toList()));
        List<Plot.Group> groups = bySize.entrySet().stream()
                .map(size -> new Plot.Group(
                        size.getKey(), size.getValue().stream().map(Plots::row).toList()))
                .toList();
        return new Plot(
                id, title, metric.map(Plots::note).orElse(""), first.unit(), axis(groups, first.unit()), groups);
    }

    /** What people read of a mechanism. */
    private static String name(Run run) {
        String words = run.mechanism().replace('-', ' ');
        return words.startsWith(PYTHON) ? "P" + words.substring(1) : words;
    }

    private static String note(Metric metric) {
        return switch (metric.better()) {
            case LOWER -> "Less is better.";
            case HIGHER -> "More is better.";
        };
    }

    private static String size(Run run) {
        return run.parameters().entrySet().stream()
                .map(each -> each.getKey() + " = " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Plot.Row row(Run run) {
        String label = name(run);
        String reason = run.reason() == null ? "" : run.reason();
        if (!run.isMeasured()) {
            String status = run.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return new Plot.Row(run.mechanism(), label, null, status + ": " + reason, label + ": " + reason);
        }
        String words = Quantity.words(run.interval(), run.unit());
        String size = size(run).isEmpty() ? "" : ", " + size(run);
        String hover = "%s: %s, %d samples%s%s"
                .formatted(label, words, run.samples().size(), size, reason.isEmpty() ? "" : ". " + reason);
        return new Plot.Row(run.mechanism(), label, run.interval(), words, hover);
    }

    private static Axis axis(Collection<Plot.Group> groups, String unit) {
        List<Double> ends = groups.stream()
                .flatMap(group -> group.rows().stream())
                .map(Plot.Row::interval)
                .flatMap(Stream::ofNullable)
                .flatMap(interval -> Stream.of(interval.low(), interval.high()))
                .toList();
        return Axis.over(ends, unit);
    }

    /**
     * The plot that sums the others up: what others need, as a multiple of what greenlets need.
     *
     * @param report to plot
     * @return empty if no claim about a ratio has figures
     */
    public static Optional<Plot> main(Report report) {
        Judge judge = Judge.of(report);
        Map<Figure, List<Question>> byFigure = Claims.all().stream()
                .flatMap(claim -> claim.questions().stream())
                .filter(Plots::isMultipleOfGreenlets)
                .distinct()
                .collect(Collectors.groupingBy(
                        question -> question.measure().figure(), LinkedHashMap::new, Collectors.toList()));
        List<Plot.Group> groups = new ArrayList<>();
        byFigure.forEach((figure, questions) -> groups.addAll(ratios(judge, figure, questions)));
        List<Plot.Group> filled =
                groups.stream().filter(group -> !group.rows().isEmpty()).toList();
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        String title = "What others need, as a multiple of what greenlets need";
        boolean python = mechanisms(filled).stream().anyMatch(each -> each.startsWith(PYTHON));
        String note = "Right of 1: they need more than greenlets. Left of 1: less."
                + (python ? " Python's threads are held against Python's greenlets." : "");
        return Optional.of(new Plot(MAIN, title, note, Quantity.TIMES, withOne(filled), filled));
    }

    private static boolean isMultipleOfGreenlets(Question question) {
        return question.favours() == Question.Side.GREENLETS
                && question.measure() instanceof Measure.Ratio(Figure figure, Role over, Role under)
                && under == Role.GREENLETS;
    }

    private static List<Plot.Group> ratios(Judge judge, Figure figure, List<Question> questions) {
        Map<String, List<Plot.Row>> bySize = new LinkedHashMap<>();
        for (Platform platform : Platform.values()) {
            for (Question question : questions) {
                Answer answer = judge.answer(question, platform);
                for (Finding finding : answer.findings()) {
                    bySize.computeIfAbsent(size(finding.runs().getFirst()), any -> new ArrayList<>())
                            .add(ratio(finding));
                }
            }
        }
        // The most telling size stands first in a report; the others have their own plot.
        return bySize.entrySet().stream()
                .limit(1)
                .map(each -> new Plot.Group(label(figure, each.getKey()), each.getValue()))
                .toList();
    }

    private static String label(Figure figure, String size) {
        return figure.label() + (size.isEmpty() ? "" : ", " + size);
    }

    private static Plot.Row ratio(Finding finding) {
        Run over = finding.runs().getFirst();
        String label = name(over);
        Interval times = finding.figure();
        String words = Quantity.words(times, Quantity.TIMES);
        String hover = "%s ÷ %s: %s".formatted(label, name(finding.runs().getLast()), words);
        return new Plot.Row(over.mechanism(), label, times, words, hover);
    }

    private static Axis withOne(List<Plot.Group> groups) {
        Stream<Double> ends = groups.stream()
                .flatMap(group -> group.rows().stream())
                .map(Plot.Row::interval)
                .flatMap(Stream::ofNullable)
                .flatMap(interval -> Stream.of(interval.low(), interval.high()));
        return Axis.over(Stream.concat(ends, Stream.of(1.0)).toList(), Quantity.TIMES);
    }

    /**
     * The mechanisms that occur in plots.
     *
     * @param plots to look through
     * @return without repetition, in order
     */
    public static List<String> mechanisms(Collection<Plot> plots) {
        return mechanisms(plots.stream().flatMap(plot -> plot.groups().stream()).toList());
    }

    private static List<String> mechanisms(List<Plot.Group> groups) {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .map(Plot.Row::mechanism)
                .distinct()
                .toList();
    }
}
