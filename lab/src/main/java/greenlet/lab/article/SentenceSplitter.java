package greenlet.lab.article;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Cuts text into sentences with the JDK's rules for English, and joins again what an abbreviation cut in two.
 *
 * <p>Immutable.
 */
final class SentenceSplitter {
    /** The characters {@code [begin, end)} of the text, without the blanks around them. */
    record Range(int begin, int end) {}

    private static final Pattern ABBREVIATION =
            Pattern.compile("(?i)(?:^|[\\s(])(?:e\\.g|i\\.e|etc|vs|cf|approx|resp|fig|mr|mrs|dr|prof|st)\\.$");

    private SentenceSplitter() {}

    static List<Range> split(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        breaks.setText(text);
        List<Range> ranges = new ArrayList<>();
        int begin = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end < text.length() && endsInAbbreviation(text, begin, end)) {
                continue;
            }
            Range range = trimmed(text, begin, end);
            if (range.begin() < range.end()) {
                ranges.add(range);
            }
            begin = end;
        }
        return ranges;
    }

    /** Looks at the last few characters only: the whole prefix at every break would make long texts quadratic. */
    private static boolean endsInAbbreviation(String text, int begin, int end) {
        String tail = text.substring(Math.max(begin, end - 12), end).stripTrailing();
        return ABBREVIATION.matcher(tail).find();
    }

    private static Range trimmed(String text, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return new Range(from, to);
    }
}
