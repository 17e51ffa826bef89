package greenlet.lab.report;

import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A report as text for a terminal: for each scenario a table with a row per mechanism and a column per metric and size; as many columns
 * side by side as fit.
 *
 * <p>Immutable.
 */
public final class TerminalTable {
    private static final String INDENT = "  ";
    private static final String GAP = "   ";

    private final int width;
    private final Style style;

    /**
     * Prepares a rendering. Not a switch point.
     *
     * @param width how many columns fit
     * @param colour whether escape sequences may be used
     */
    public TerminalTable(int width, boolean colour) {
        this.width = width;
        this.style = colour ? Style.COLOURED : Style.PLAIN;
    }

    /**
     * Renders a report. Not a switch point.
     *
     * @param report the report
     * @return lines, each ended
     */
    public String render(Report report) {
        StringBuilder text = new StringBuilder();
        Map<String, List<Run>> byScenario = report.runs().stream()
                .collect(Collectors.groupingBy(Run::scenario, LinkedHashMap::new, Collectors.toList()));
        byScenario.forEach((scenario, runs) -> scenario(scenario, runs, text));
        text.append(style.faint("median, [interval of the median]; best of its column, tie = intervals overlap, 3x ="
                        + " three times the best"))
                .append('\n');
        if (report.budget().isIndicative()) {
            text.append(style.strong("Indicative only")).append(": a quick comparison repeats little.\n");
        }
        if (report.partial()) {
            text.append(style.bad("Partial")).append(": it was ended before its plan was through.\n");
        }
        return text.toString();
    }

    private void scenario(String name, List<Run> runs, StringBuilder text) {
        String about = Scenarios.named(name).map(Scenario::about).orElse("");
        text.append(style.strong(name))
                .append(about.isEmpty() ? "" : ": " + about)
                .append('\n');
        for (String metric : distinct(runs, Run::metric)) {
            Curves.metric(name, metric)
                    .ifPresent(known ->
                            text.append(style.faint(INDENT + legend(known))).append('\n'));
        }
        List<String> mechanisms = new ArrayList<>(distinct(runs, Run::mechanism));
        List<Column> columns = columns(runs);
        int label = mechanisms.stream().mapToInt(String::length).max().orElse(0);
        for (List<Column> block : blocks(columns, label)) {
            block(block, mechanisms, label, text);
        }
        notes(runs, text);
        text.append('\n');
    }

    private static String legend(Metric metric) {
        String direction = switch (metric.better()) {
            case LOWER -> "less is better";
            case HIGHER -> "more is better";
        };
        return metric.name() + ": " + metric.about() + " (" + direction + ")";
    }

    private static <T> Set<T> distinct(List<Run> runs, java.util.function.Function<Run, T> of) {
        return runs.stream().map(of).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All sizes of the first metric, then all of the next: what is compared stands side by side. */
    private List<Column> columns(List<Run> runs) {
        List<Column> columns = new ArrayList<>();
        for (String metric : distinct(runs, Run::metric)) {
            List<Run> ofMetric =
                    runs.stream().filter(run -> run.metric().equals(metric)).toList();
            for (SortedMap<String, String> size : distinct(ofMetric, Run::parameters)) {
                columns.add(Column.of(
                        metric,
                        size,
                        ofMetric.stream()
                                .filter(run -> run.parameters().equals(size))
                                .toList(),
                        style));
            }
        }
        return columns;
    }

    private List<List<Column>> blocks(List<Column> columns, int label) {
        List<List<Column>> blocks = new ArrayList<>();
        int used = Integer.MAX_VALUE / 2;
        for (Column column : columns) {
            if (used + GAP.length() + column.width() > width) {
                blocks.add(new ArrayList<>());
                used = INDENT.length() + label;
            }
            blocks.getLast().add(column);
            used += GAP.length() + column.width();
        }
        return blocks;
    }

    private void block(List<Column> block, List<String> mechanisms, int label, StringBuilder text) {
        StringBuilder heading = new StringBuilder(INDENT + " ".repeat(label));
        for (Column column : block) {
            heading.append(GAP).append(pad(column.title(), column.width()));
        }
        text.append(style.heading(heading.toString().stripTrailing())).append('\n');
        for (String mechanism : mechanisms) {
            StringBuilder line = new StringBuilder(INDENT + pad(mechanism, label));
            for (Column column : block) {
                line.append(GAP).append(column.cell(mechanism));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Why a cell is empty, and what to know about one that is not: once for all cells that say the same. */
    private void notes(List<Run> runs, StringBuilder text) {
        Map<String, Set<String>> cellsByNote = new LinkedHashMap<>();
        for (Run run : runs) {
            if (run.reason() != null) {
                String size = Column.size(run.parameters());
                cellsByNote
                        .computeIfAbsent(word(run) + run.reason(), _ -> new LinkedHashSet<>())
                        .add(run.mechanism() + (size.isEmpty() ? "" : " (" + size + ")"));
            }
        }
        cellsByNote.forEach(
                (note, cells) -> text.append(style.faint(INDENT + "* " + String.join(", ", cells) + ": " + note))
                        .append('\n'));
    }

    private static String word(Run run) {
        return switch (run.status()) {
            case MEASURED -> "";
            case NOT_APPLICABLE -> "not applicable: ";
            case FAILED -> "failed: ";
            case SKIPPED -> "skipped: ";
        };
    }

    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
