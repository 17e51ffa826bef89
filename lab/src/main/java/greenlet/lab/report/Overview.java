package greenlet.lab.report;

import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A report on a screen: a row per figure and size, a column per mechanism, the best of each row marked. {@link TerminalTable} has the
 * intervals and all other figures.
 *
 * <p>Immutable.
 */
public final class Overview {
    private static final String PYTHON = "python-";
    private static final String NONE = "-";

    private final int width;
    private final Style style;

    /**
     * Prepares a rendering. Not a switch point.
     *
     * @param width how many columns fit
     * @param colour whether escape sequences may be used
     */
    public Overview(int width, boolean colour) {
        this.width = width;
        this.style = colour ? Style.COLOURED : Style.PLAIN;
    }

    /** One row: what it says, and the run of each mechanism. */
    private record Row(String scenario, String label, Map<String, Run> runs) {
        Optional<Run> best() {
            Comparator<Run> byMedian = Comparator.comparingDouble(Run::median);
            return runs.values().stream()
                    .filter(Run::isMeasured)
                    .min(isHigherBetter() ? byMedian.reversed() : byMedian);
        }

        /** Also where it failed: that is seen in its place. */
        boolean isMeasuredOn(String mechanism) {
            Run run = runs.get(mechanism);
            return run != null && (run.isMeasured() || run.status() == Status.FAILED);
        }

        boolean isHigherBetter() {
            Run any = runs.values().iterator().next();
            return Scenarios.metric(any.scenario(), any.metric())
                    .map(metric -> metric.better() == Metric.Better.HIGHER)
                    .orElse(false);
        }

        String name() {
            return label + (isHigherBetter() ? " ^" : "");
        }
    }

    /**
     * Renders a report. Not a switch point.
     *
     * @param report the report
     * @return lines, each ended
     */
    public String render(Report report) {
        List<Row> rows = rows(report.runs());
        List<String> mechanisms =
                report.runs().stream().map(Run::mechanism).distinct().toList();
        int label = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> block : blocks(mechanisms, rows, label)) {
            block(block, rows, label, text);
            text.append('\n');
        }
        text.append(style.faint(
                        "* best of its row, = not apart from it, - not applicable or not measured, ^ more is better"))
                .append('\n');
        notes(report, text);
        return text.toString();
    }

    private static List<Row> rows(List<Run> runs) {
        List<Row> rows = new ArrayList<>();
        for (Headline headline : Headline.of(runs)) {
            List<Run> covered = runs.stream().filter(headline::covers).toList();
            Map<SortedMap<String, String>, Map<String, Run>> bySize = new LinkedHashMap<>();
            covered.forEach(run -> bySize.computeIfAbsent(run.parameters(), _ -> new LinkedHashMap<>())
                    .put(run.mechanism(), run));
            bySize.forEach((size, found) -> {
                if (found.values().stream().anyMatch(Run::isMeasured)) {
                    rows.add(new Row(headline.scenario(), headline.row(size), found));
                }
            });
        }
        return rows;
    }

    /** All columns side by side if they fit; else Python's below the others, and of each as many as fit. */
    private List<List<String>> blocks(List<String> mechanisms, List<Row> rows, int label) {
        List<List<String>> whole = wrapped(mechanisms, rows, label);
        if (whole.size() <= 1) {
            return whole;
        }
        List<List<String>> blocks = new ArrayList<>();
        for (boolean python : new boolean[] {false, true}) {
            blocks.addAll(wrapped(
                    mechanisms.stream().filter(each -> isPython(each) == python).toList(), rows, label));
        }
        return blocks;
    }

    private List<List<String>> wrapped(List<String> mechanisms, List<Row> rows, int label) {
        List<List<String>> blocks = new ArrayList<>();
        int used = Integer.MAX_VALUE / 2;
        for (String mechanism : mechanisms) {
            int column = 1 + columnWidth(mechanism, rows);
            if (used + column > width) {
                blocks.add(new ArrayList<>());
                used = label;
            }
            blocks.getLast().add(mechanism);
            used += column;
        }
        return blocks;
    }

    private int columnWidth(String mechanism, List<Row> rows) {
        int widest = rows.stream()
                .mapToInt(row -> cell(row, mechanism).length())
                .max()
                .orElse(0);
        return Math.max(widest, head(mechanism).length());
    }

    private void block(List<String> mechanisms, List<Row> rows, int label, StringBuilder text) {
        platforms(mechanisms, rows, label, text);
        StringBuilder heading = new StringBuilder(" ".repeat(label));
        mechanisms.forEach(each -> heading.append(' ').append(left(head(each), columnWidth(each, rows))));
        text.append(style.heading(heading.toString().stripTrailing())).append('\n');
        String scenario = "";
        for (Row row : rows) {
            if (mechanisms.stream().noneMatch(row::isMeasuredOn)) {
                continue;
            }
            boolean first = !row.scenario().equals(scenario);
            scenario = row.scenario();
            String name = TerminalTable.pad(row.name(), label);
            StringBuilder line = new StringBuilder(first ? style.strong(name) : name);
            for (String mechanism : mechanisms) {
                String cell = left(cell(row, mechanism), columnWidth(mechanism, rows));
                line.append(' ').append(cell.endsWith("*") ? style.good(cell) : cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Which columns are Python's: the names of mechanisms repeat. */
    private void platforms(List<String> mechanisms, List<Row> rows, int label, StringBuilder text) {
        int before = label;
        for (String mechanism : mechanisms) {
            if (isPython(mechanism)) {
                text.append(style.faint(" ".repeat(before + 2) + "in Python:")).append('\n');
                return;
            }
            before += 1 + columnWidth(mechanism, rows);
        }
    }

    private static boolean isPython(String mechanism) {
        return mechanism.startsWith(PYTHON) || mechanism.equals("gevent");
    }

    private static String head(String mechanism) {
        return switch (mechanism) {
            case "virtual-threads" -> "virtual";
            case "platform-threads" -> "platform";
            default -> mechanism.startsWith(PYTHON) ? mechanism.substring(PYTHON.length()) : mechanism;
        };
    }

    private static String left(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String cell(Row row, String mechanism) {
        Run run = row.runs().get(mechanism);
        if (run == null) {
            return NONE + " ";
        }
        return switch (run.status()) {
            case MEASURED -> Quantity.of(run.median(), run.unit()).text(run.median()) + mark(row, run);
            case NOT_APPLICABLE, SKIPPED -> NONE + " ";
            case FAILED -> "failed ";
        };
    }

    private static String mark(Row row, Run run) {
        Run best = row.best().orElse(run);
        if (run.equals(best)) {
            return "*";
        }
        return run.interval().overlaps(best.interval()) ? "=" : " ";
    }

    private void notes(Report report, StringBuilder text) {
        report.runs().stream()
                .filter(run -> run.status() == Status.FAILED)
                .collect(Collectors.groupingBy(
                        run -> run.scenario() + " on " + run.mechanism() + ": " + run.reason(),
                        LinkedHashMap::new,
                        Collectors.counting()))
                .forEach((what, _) -> text.append(style.bad("Failed"))
                        .append(": ")
                        .append(what)
                        .append('\n'));
        var skipped = new LinkedHashSet<String>();
        report.runs().stream()
                .filter(run -> run.status() == Status.SKIPPED)
                .forEach(run -> skipped.add(run.scenario() + Column.sizeInBrackets(run.parameters())));
        if (!skipped.isEmpty()) {
            text.append("Not measured for lack of time, wholly or in part: ")
                    .append(String.join(", ", skipped))
                    .append(".\n");
        }
        long saturated = report.runs().stream()
                .filter(run -> run.reason() != null && run.reason().startsWith("generator saturated"))
                .count();
        if (saturated > 0) {
            text.append(saturated)
                    .append(" figures of server say as much about the load generator as about the server; the report"
                            + " says which.\n");
        }
        if (report.budget().isIndicative()) {
            text.append(style.strong("Indicative only")).append(": a quick comparison repeats little.\n");
        }
        if (report.partial()) {
            text.append(style.bad("Partial")).append(": it was ended before its plan was through.\n");
        }
    }
}
