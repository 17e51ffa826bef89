package greenlet.bench.ratio;

import greenlet.lab.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A question's measurements: for each case one time per round, in the order of {@link #cases}. Immutable.
 *
 * @param question what was asked
 * @param nanos nanoseconds per operation, by case and round
 */
public record Answer(Question question, List<List<Double>> nanos) {
    /** Below this an interval is no ground for a verdict. */
    private static final double COVERAGE = 0.95;

    /** Copies the lists. */
    public Answer {
        nanos = nanos.stream().map(List::copyOf).toList();
    }

    /** The floor first, then the contenders. */
    static List<Case> cases(Question question) {
        List<Case> cases = new ArrayList<>();
        cases.add(question.floor());
        question.contenders().forEach(contender -> cases.add(contender.what()));
        return cases;
    }

    /** A case's ratio to the floor: the median of the rounds' own ratios, and its interval. */
    Interval ratio(int index) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < nanos.getFirst().size(); round++) {
            ratios.add(nanos.get(index).get(round) / nanos.getFirst().get(round));
        }
        return Interval.ofMedian(ratios);
    }

    /**
     * Another question to the same rounds. Not a switch point.
     *
     * @param other whose cases are among those measured
     * @return its answer
     */
    public Answer askedAnew(Question other) {
        List<Case> measured = cases(question);
        return new Answer(
                other,
                cases(other).stream()
                        .map(what -> nanos.get(measured.indexOf(what)))
                        .toList());
    }

    /**
     * The table, ready for {@code docs/performance.md}. Not a switch point.
     *
     * @return Markdown
     */
    public String toMarkdown() {
        int rounds = nanos.getFirst().size();
        StringBuilder table = new StringBuilder();
        line(table, "### %s", question.title());
        line(table, "");
        line(
                table,
                "| %d rounds, floor and contenders in turn | ns | ratio | interval (%.0f %%) | promised |",
                rounds,
                100 * Interval.coverage(rounds));
        line(table, "|---|--:|--:|:-:|---|");
        line(table, "| %s | %.1f | 1 | | |", question.floor().label(), median(0));
        for (int i = 1; i < nanos.size(); i++) {
            Question.Contender contender = question.contenders().get(i - 1);
            Interval ratio = ratio(i);
            line(
                    table,
                    "| %s | %.1f | %.2f | %.2f … %.2f | %s |",
                    contender.what().label(),
                    median(i),
                    ratio.median(),
                    ratio.low(),
                    ratio.high(),
                    verdict(ratio, contender.most(), rounds));
        }
        return table.toString();
    }

    private double median(int index) {
        return Interval.ofMedian(nanos.get(index)).median();
    }

    /** Kept if the whole interval is below, missed if the whole is above, open if the limit lies inside. */
    static String verdict(Interval ratio, OptionalDouble most, int rounds) {
        if (most.isEmpty()) {
            return "";
        }
        String limit = String.format(Locale.ROOT, "≤ %.2f: ", most.getAsDouble());
        if (Interval.coverage(rounds) < COVERAGE) {
            return limit + "open, too few rounds";
        }
        if (ratio.high() <= most.getAsDouble()) {
            return limit + "kept";
        }
        return limit + (ratio.low() > most.getAsDouble() ? "missed" : "open, the interval holds the limit");
    }

    @SuppressWarnings("AnnotateFormatMethod") // private, and each call stands above
    private static void line(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
