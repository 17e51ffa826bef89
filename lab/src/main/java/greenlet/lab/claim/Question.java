package greenlet.lab.claim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing to ask of the figures, with the bar fixed beforehand. Immutable.
 *
 * @param measure the figure
 * @param bar to hold it against
 * @param rival against whom the verdict is; null if the question compares with nobody
 * @param favours who is the better one if the claim holds
 */
public record Question(Measure measure, Bar bar, @Nullable Role rival, Side favours) {
    /** Who is the better one if the claim holds. */
    public enum Side {
        /** Greenlets are. */
        GREENLETS,
        /** The rival is. */
        RIVAL,
        /** The question compares with nobody. */
        NOBODY
    }

    /** Threads need at least this many times what greenlets need. */
    static Question threadsNeed(Figure figure, double margin) {
        return needs(figure, Role.THREADS, margin);
    }

    /** Virtual threads need at least this many times what greenlets need. */
    static Question virtualThreadsNeed(Figure figure, double margin) {
        return needs(figure, Role.VIRTUAL_THREADS, margin);
    }

    private static Question needs(Figure figure, Role rival, double margin) {
        return new Question(new Measure.Ratio(figure, rival, Role.GREENLETS), Bar.times(margin), rival, Side.GREENLETS);
    }

    /** The rival reaches at least this many times what greenlets reach: a claim in the rival's favour. */
    static Question reaches(Figure figure, Role rival, double margin) {
        return new Question(new Measure.Ratio(figure, rival, Role.GREENLETS), Bar.times(margin), rival, Side.RIVAL);
    }

    /** Greenlets need at least this many times what threads need: a claim in the threads' favour. */
    static Question greenletsNeed(Figure figure, Role rival, double margin) {
        return new Question(new Measure.Ratio(figure, Role.GREENLETS, rival), Bar.times(margin), rival, Side.RIVAL);
    }

    /** More of a parameter brings this role more. */
    static Question grows(Figure figure, Role role, String parameter, Bar bar) {
        return new Question(new Measure.Growth(figure, role, parameter), bar, null, Side.NOBODY);
    }

    /** The figure of this role lies beyond a bound. */
    static Question level(Figure figure, Role role, Bar bar) {
        return new Question(new Measure.Level(figure, role), bar, null, Side.NOBODY);
    }

    /** Whether the rival is the better one if the claim holds. */
    boolean favoursRival() {
        return favours == Side.RIVAL;
    }

    /**
     * The rule in words, as it stands in {@code docs/claims.md}.
     *
     * @return one line
     */
    public String rule() {
        String direction = bar.holds() > bar.refuted() ? "\u2265" : "\u2264";
        String opposite = bar.holds() > bar.refuted() ? "\u2264" : "\u2265";
        String holds = "%s %s %s".formatted(measured(), direction, number(bar.holds()));
        return bar.isRefutable()
                ? holds + "; refuted " + opposite + " " + number(bar.refuted())
                : holds + "; never refuted, as what was not seen may still happen";
    }

    private String measured() {
        return switch (measure) {
            case Measure.Ratio(Figure figure, Role over, Role under) ->
                "%s: %s \u00f7 %s".formatted(figure.label(), over.label(), under.label());
            case Measure.Growth(Figure figure, Role role, String parameter) ->
                "%s of %s: most \u00f7 fewest %s".formatted(figure.label(), role.label(), parameter);
            case Measure.Level(Figure figure, Role role) -> "%s of %s".formatted(figure.label(), role.label());
        };
    }

    /**
     * The runs that it needs, as they are named in a report.
     *
     * @return for example {@code switch/round-trip}
     */
    public String runs() {
        Figure figure = measure.figure();
        String where = figure.where().isEmpty() ? "" : " " + figure.where();
        return figure.scenario() + "/" + figure.name() + where;
    }

    /**
     * The bound from which the claim holds, in short.
     *
     * @return for example {@code \u2265 1.25\u00d7} for a ratio or growth, {@code \u2264 0} for a level
     */
    public String margin() {
        String times = measure instanceof Measure.Level ? "" : "\u00d7";
        return (bar.holds() > bar.refuted() ? "\u2265 " : "\u2264 ") + number(bar.holds()) + times;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value).replaceAll("0$", "");
    }
}
