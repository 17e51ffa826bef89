package greenlet.lab.report;

import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A report on a screen: a row per figure and size, a column per mechanism: the median, how far its interval reaches, the best of each
 * row marked. {@link TerminalTable} has the intervals' ends and all other figures.
 *
 * <p>Immutable.
 */
public final class Overview {
    private static final String PYTHON = "python-";

    /** From here on all mechanisms of a platform fit side by side with what their intervals add; below it the intervals are left to the report. */
    private static final int WIDE_ENOUGH = 80;

    private static final String LEGEND =
            "Medians: * best of its row (JVM and Python apart), = not apart from it, ^ more is better, - not measured"
                    + " or not applicable; \u00b14% is how far the interval of the median reaches, wide: as far as the"
                    + " median itself.";

    /** How wide the parts of a mechanism's column are: the values with their marks, what intervals add, the name. */
    private record Widths(int value, int reach, int head) {
        int all() {
            return Math.max(value + (reach > 0 ? 1 + reach : 0), head);
        }
    }

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

    /**
     * Renders a report. Not a switch point.
     *
     * @param report the report
     * @return lines, each ended
     */
    public String render(Report report) {
        List<OverviewRow> rows = rows(report.runs());
        // A mechanism of curves only comes up behind Python's, whose columns must stay side by side.
        List<String> mechanisms = report.runs().stream()
                .map(Run::mechanism)
                .distinct()
                .sorted(Comparator.comparing(Overview::isPython))
                .toList();
        int label = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        if (!rows.isEmpty()) {
            for (List<String> block : blocks(mechanisms, rows, label)) {
                block(block, rows, label, text);
                text.append('\n');
            }
            Wrapped.lines("", LEGEND, width)
                    .lines()
                    .forEach(line -> text.append(style.faint(line)).append('\n'));
        }
        notes(report, text);
        return text.toString();
    }

    private static List<OverviewRow> rows(List<Run> runs) {
        List<OverviewRow> rows = new ArrayList<>();
        for (Headline headline : Headline.of(runs)) {
            List<Run> covered = runs.stream().filter(headline::covers).toList();
            Map<SortedMap<String, String>, Map<String, Run>> bySize = new LinkedHashMap<>();
            covered.forEach(run -> bySize.computeIfAbsent(run.parameters(), _ -> new LinkedHashMap<>())
                    .put(run.mechanism(), run));
            bySize.forEach((size, found) -> {
                if (found.values().stream().anyMatch(Run::isMeasured)) {
                    rows.add(new OverviewRow(headline.scenario(), headline.row(size), found));
                }
            });
        }
        return rows;
    }

    /** All columns side by side if they fit; else Python's below the others, and of each as many as fit. */
    private List<List<String>> blocks(List<String> mechanisms, List<OverviewRow> rows, int label) {
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

    private List<List<String>> wrapped(List<String> mechanisms, List<OverviewRow> rows, int label) {
        List<List<String>> blocks = new ArrayList<>();
        int used = Integer.MAX_VALUE / 2;
        for (String mechanism : mechanisms) {
            int column = 1 + widths(mechanism, rows).all();
            if (used + column > width) {
                blocks.add(new ArrayList<>());
                used = label;
            }
            blocks.getLast().add(mechanism);
            used += column;
        }
        return blocks;
    }

    private Widths widths(String mechanism, List<OverviewRow> rows) {
        int value = rows.stream()
                .mapToInt(row -> row.value(mechanism).length())
                .max()
                .orElse(0);
        int reach = rows.stream()
                .mapToInt(row -> row.reach(mechanism).length())
                .max()
                .orElse(0);
        return new Widths(
                value, width < WIDE_ENOUGH ? 0 : reach, head(mechanism).length());
    }

    private void block(List<String> mechanisms, List<OverviewRow> rows, int label, StringBuilder text) {
        platforms(mechanisms, rows, label, text);
        StringBuilder heading = new StringBuilder(" ".repeat(label));
        mechanisms.forEach(each -> heading.append(' ').append(heading(each, widths(each, rows))));
        text.append(style.heading(heading.toString().stripTrailing())).append('\n');
        String scenario = "";
        for (OverviewRow row : rows) {
            if (mechanisms.stream().noneMatch(row::isMeasuredOn)) {
                continue;
            }
            boolean first = !row.scenario().equals(scenario);
            scenario = row.scenario();
            String name = TerminalTable.pad(row.name(), label);
            StringBuilder line = new StringBuilder(first ? style.strong(name) : name);
            for (String mechanism : mechanisms) {
                line.append(' ').append(cell(row, mechanism, widths(mechanism, rows)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    /** Which columns are Python's: the names of mechanisms repeat. */
    private void platforms(List<String> mechanisms, List<OverviewRow> rows, int label, StringBuilder text) {
        int before = label;
        for (String mechanism : mechanisms) {
            if (isPython(mechanism)) {
                text.append(style.faint(" ".repeat(before + 2) + "in Python:")).append('\n');
                return;
            }
            before += 1 + widths(mechanism, rows).all();
        }
    }

    static boolean isPython(String mechanism) {
        return mechanism.startsWith(PYTHON) || mechanism.equals("gevent");
    }

    private static String head(String mechanism) {
        return switch (mechanism) {
            case "virtual-threads" -> "virtual";
            case "platform-threads" -> "platform";
            case "greenlets-per-core" -> "per core";
            default -> mechanism.startsWith(PYTHON) ? mechanism.substring(PYTHON.length()) : mechanism;
        };
    }

    /** Above the values, where it is not longer than they are. */
    private static String heading(String mechanism, Widths widths) {
        String head = head(mechanism);
        return TerminalTable.pad(" ".repeat(Math.max(0, widths.value() - head.length())) + head, widths.all());
    }

    /** The value to the right, up to the marks; what its interval adds behind it. */
    private String cell(OverviewRow row, String mechanism, Widths widths) {
        String value = row.value(mechanism);
        String reach = widths.reach() == 0 ? "" : row.reach(mechanism);
        String behind = widths.reach() == 0 ? "" : " " + (reach.isEmpty() ? "" : style.faint(reach));
        int shown = widths.value() + (widths.reach() == 0 ? 0 : 1 + reach.length());
        return " ".repeat(widths.value() - value.length())
                + (row.isBest(mechanism) ? style.good(value) : value)
                + behind
                + " ".repeat(widths.all() - shown);
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
            String names = String.join(", ", skipped);
            String why = report.partial() ? "" : " for lack of time";
            text.append(Wrapped.lines("", "Not measured" + why + ", wholly or in part: " + names + ".", width));
        }
        long saturated = report.runs().stream()
                .filter(run -> run.reason() != null && run.reason().startsWith("generator saturated"))
                .count();
        if (saturated > 0) {
            text.append(Wrapped.lines(
                    "",
                    saturated + " figures of server say as much about the load generator as about the server; the"
                            + " report says which.",
                    width));
        }
        if (report.budget().isIndicative()) {
            text.append(style.strong("Indicative only")).append(": a quick comparison repeats little.\n");
        }
        if (report.partial()) {
            text.append(style.bad("Partial")).append(": it was ended before its plan was through.\n");
        }
    }
}
