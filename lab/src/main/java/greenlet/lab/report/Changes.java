package greenlet.lab.report;

import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.PlainText;
import greenlet.lab.measure.RankTest;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two reports. A figure has changed if the two intervals are apart and {@link RankTest} gives at most
 * {@value #SIGNIFICANT}; apart with too few samples for that is told as such.
 *
 * <p>Immutable.
 */
public final class Changes {
    /** The largest probability of chance at which a change is called one. */
    public static final double SIGNIFICANT = 0.05;

    /** What may be chance is listed from so many samples a side on, */
    private static final int TELLING_SAMPLES = 3;

    /** from this factor on, the margin of claims on speed, */
    private static final double TELLING_RATIO = 1.25;

    /** and no more than fit a screen beside the rest. */
    private static final int MOST_UNSURE = 12;

    /** What became of one figure. */
    public enum Kind {
        /** Better than before. */
        BETTER,
        /** Worse than before. */
        WORSE,
        /** The intervals are apart, but so few samples can be that by chance. */
        UNSURE,
        /** The intervals overlap, or the ranks do not differ. */
        SAME
    }

    /**
     * One figure that both reports have.
     *
     * @param before in the old report
     * @param now in the new one
     * @param kind what became of it
     * @param pValue how likely chance is
     */
    public record Change(Run before, Run now, Kind kind, double pValue) {
        /** {@return now by before} Not a switch point. */
        public double ratio() {
            return now.median() / before.median();
        }

        /** How many times the smaller one the larger one is. */
        private double distance() {
            return Math.max(ratio(), 1 / ratio());
        }
    }

    private final Report before;
    private final Report now;
    private final List<Change> all;
    private final int onlyBefore;
    private final int onlyNow;

    private Changes(Report before, Report now) {
        this.before = before;
        this.now = now;
        Map<String, Run> old = measured(before);
        Map<String, Run> fresh = measured(now);
        List<Change> found = new ArrayList<>();
        fresh.forEach((key, run) -> {
            Run was = old.get(key);
            if (was != null) {
                found.add(change(was, run));
            }
        });
        all = List.copyOf(found);
        onlyBefore = old.size() - all.size();
        onlyNow = fresh.size() - all.size();
    }

    /**
     * Compares two reports. Not a switch point.
     *
     * @param before the old one
     * @param now the new one
     * @return what differs
     */
    public static Changes between(Report before, Report now) {
        return new Changes(before, now);
    }

    /** {@return every figure that both have, in the order of the new report} Not a switch point. */
    public List<Change> all() {
        return all;
    }

    /**
     * For a terminal or a log. Not a switch point.
     *
     * @return lines, each ended
     */
    public String text() {
        StringBuilder text =
                new StringBuilder("Against the report of " + MachineLines.minute(before.createdAt()) + " UTC:\n");
        differences()
                .forEach(
                        difference -> text.append("  Note: ").append(difference).append(".\n"));
        Stream.of(of(Kind.WORSE).stream(), of(Kind.BETTER).stream(), telling().stream())
                .flatMap(changes -> changes)
                .forEach(change -> text.append("  ").append(line(change)).append('\n'));
        int unsaid = of(Kind.UNSURE).size() - telling().size();
        if (unsaid > 0) {
            text.append("  ")
                    .append(unsaid)
                    .append(" more figures are apart, but by little or with too few samples to say more.\n");
        }
        text.append("  ")
                .append(of(Kind.SAME).size())
                .append(" of ")
                .append(all.size())
                .append(" figures have not changed");
        if (onlyBefore + onlyNow > 0) {
            text.append("; ")
                    .append(onlyNow)
                    .append(" are new, ")
                    .append(onlyBefore)
                    .append(" are gone");
        }
        return text.append(".\n").toString();
    }

    private List<Change> of(Kind kind) {
        return all.stream().filter(change -> change.kind() == kind).toList();
    }

    /** Of what may be chance: what is worth another look, as it rests on several samples and is far apart; the farthest first. */
    private List<Change> telling() {
        return of(Kind.UNSURE).stream()
                .filter(change -> Math.min(
                                change.before().samples().size(),
                                change.now().samples().size())
                        >= TELLING_SAMPLES)
                .filter(change -> change.distance() >= TELLING_RATIO)
                .sorted(Comparator.comparingDouble(Change::distance).reversed())
                .limit(MOST_UNSURE)
                .toList();
    }

    private static Change change(Run before, Run now) {
        double chance = RankTest.pValue(before.samples(), now.samples());
        return new Change(before, now, kind(before, now, chance), chance);
    }

    private static Kind kind(Run before, Run now, double chance) {
        if (before.interval().overlaps(now.interval())) {
            return Kind.SAME;
        }
        if (chance > SIGNIFICANT) {
            return Kind.UNSURE;
        }
        return now.median() > before.median() == isHigherBetter(now) ? Kind.BETTER : Kind.WORSE;
    }

    private static boolean isHigherBetter(Run run) {
        return Curves.metric(run.scenario(), run.metric())
                .map(metric -> metric.better() == Metric.Better.HIGHER)
                .orElse(false);
    }

    private static Map<String, Run> measured(Report report) {
        return report.runs().stream()
                .filter(Run::isMeasured)
                .collect(Collectors.toMap(Changes::key, Function.identity(), (first, _) -> first, LinkedHashMap::new));
    }

    private static String key(Run run) {
        return run.scenario() + '/' + run.mechanism() + '/' + run.metric() + '/' + run.unit() + '/' + run.parameters();
    }

    private static String line(Change change) {
        Run run = change.now();
        String size = Column.size(run.parameters());
        return String.format(
                Locale.ROOT,
                "%-6s %s %s%s on %s: %s -> %s (%s, p = %.3f)",
                switch (change.kind()) {
                    case BETTER -> "better";
                    case WORSE -> "worse";
                    case UNSURE -> "maybe";
                    case SAME -> "same";
                },
                run.scenario(),
                run.metric(),
                size.isEmpty() ? "" : " (" + size + ")",
                run.mechanism(),
                Quantity.words(change.before().median(), run.unit()),
                Quantity.words(run.median(), run.unit()),
                Double.isFinite(change.ratio()) ? String.format(Locale.ROOT, "x%.2f", change.ratio()) : "from nothing",
                change.pValue());
    }

    /** What else is different, and may explain a change. */
    private List<String> differences() {
        Machine was = before.machine();
        Machine is = now.machine();
        List<String> found = new ArrayList<>();
        differ(
                "processor",
                was.cpuModel() + ", " + was.cores() + " cores",
                is.cpuModel() + ", " + is.cores() + " cores",
                found);
        differ("system", was.os() + " " + was.kernel(), is.os() + " " + is.kernel(), found);
        differ("JDK", was.jdk(), is.jdk(), found);
        differ("greenlet", was.greenletVersion(), is.greenletVersion(), found);
        differ("budget", before.budget().name(), now.budget().name(), found);
        differ("load at the start", was.facts().get("loadAtStart"), is.facts().get("loadAtStart"), found);
        return found;
    }

    private static void differ(String what, @Nullable String was, @Nullable String is, List<String> found) {
        if (!Objects.equals(was, is)) {
            found.add(PlainText.of(what + " was " + was + " and is " + is));
        }
    }
}
