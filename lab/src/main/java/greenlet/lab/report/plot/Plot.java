package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import greenlet.lab.report.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plot as data: groups of rows, each a median with its interval on a common axis. Immutable.
 *
 * @param id fit for an anchor and a file name
 * @param title what is plotted
 * @param note which direction is better, and whatever else there is to know
 * @param unit of all values
 * @param axis they lie on
 * @param groups in the order of the report
 */
public record Plot(String id, String title, String note, String unit, Axis axis, List<Group> groups) {
    /** Copies the groups. */
    public Plot {
        groups = List.copyOf(groups);
    }

    /**
     * Rows that belong together, such as those of one size.
     *
     * @param label may be empty
     * @param rows in the order of the report
     */
    public record Group(String label, List<Row> rows) {
        /** Copies the rows. */
        public Group {
            rows = List.copyOf(rows);
        }

        /**
         * The rows that can be drawn.
         *
         * @return those with a figure
         */
        public List<Row> drawn() {
            return rows.stream().filter(row -> row.interval() != null).toList();
        }
    }

    /**
     * One figure, or the reason why there is none.
     *
     * @param mechanism whose figure, which decides colour and shape
     * @param label what people read
     * @param interval the figure; null if there is none
     * @param words the figure in words, or the reason
     * @param hover all that is known about it, in words
     */
    public record Row(
            String mechanism, String label, @Nullable Interval interval, String words, String hover) {}

    /**
     * The groups that can be drawn.
     *
     * @return those that have a figure
     */
    public List<Group> drawn() {
        return groups.stream().filter(group -> !group.drawn().isEmpty()).toList();
    }

    /**
     * What has no figure, and why: who it is by the reason.
     *
     * @return reasons in the order of the report; to a row that has no figure in some groups only their label is added
     */
    public Map<String, List<String>> absent() {
        Map<String, Map<String, List<String>>> groupsByRow = new LinkedHashMap<>();
        for (Group group : groups) {
            group.rows().stream()
                    .filter(row -> row.interval() == null)
                    .forEach(row -> groupsByRow
                            .computeIfAbsent(row.words(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(row.label(), _ -> new ArrayList<>())
                            .add(group.label()));
        }
        Map<String, List<String>> absent = new LinkedHashMap<>();
        groupsByRow.forEach((reason, rows) -> {
            List<String> who = new ArrayList<>();
            rows.forEach((row, where) ->
                    who.add(where.size() == groups.size() ? row : row + " (" + String.join("; ", where) + ")"));
            absent.put(reason, who);
        });
        return absent;
    }

    /**
     * The value up to which a mark at 1 makes sense: ratios are read against it.
     *
     * @return whether the plot is one of ratios
     */
    public boolean isOfRatios() {
        return unit.equals(Quantity.TIMES);
    }
}
