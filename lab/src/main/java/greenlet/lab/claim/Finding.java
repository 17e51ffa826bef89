package greenlet.lab.claim;

import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Run;
import java.util.List;
import java.util.SortedMap;

/**
 * What one size says on a question. Immutable.
 *
 * @param parameters the size
 * @param figure the ratio or level, with its interval
 * @param outcome the figure held against the bar
 * @param runs that the figure was taken from; for a ratio the one above the line first
 */
public record Finding(SortedMap<String, String> parameters, Interval figure, Outcome outcome, List<Run> runs) {
    /** Copies the runs. */
    public Finding {
        runs = List.copyOf(runs);
    }
}
