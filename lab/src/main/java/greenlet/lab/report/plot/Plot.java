package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import java.util.List;
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
     * The value up to which a mark at 1 makes sense: ratios are read against it.
     *
     * @return whether the plot is one of ratios
     */
    public boolean isOfRatios() {
        return unit.equals(Quantity.TIMES);
    }
}
