package greenlet.lab.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the choice and its rivals meet: measured where their curves cross, calculated (and said to be) where only their slopes are known.
 *
 * <p>Immutable.
 */
final class BreakEvens {
    private static final double AHEAD = 1.15;
    /** A slope of few callers is that of the noise. */
    private static final int ENOUGH_CALLERS = 64;

    private static final double LEAST_SLOPE_BYTES = 200;

    private BreakEvens() {}

    static List<String> of(Findings findings, Ranking ranking, Curve choice) {
        List<String> found = new ArrayList<>();
        for (Curve rival : measured(findings)) {
            if (rival.way() != choice.way()) {
                found.add(findings.isOfNumbers() ? rates(choice, rival) : callers(choice, rival));
            }
        }
        found.removeIf(String::isEmpty);
        found.addAll(memory(findings));
        return found;
    }

    /** Where no way fits: what limits each. */
    static List<String> limits(Findings findings) {
        return memory(findings);
    }

    private static List<Curve> measured(Findings findings) {
        return findings.curves().stream()
                .filter(curve -> !curve.points().isEmpty())
                .toList();
    }

    private static String rates(Curve choice, Curve rival) {
        String name = rival.way().words();
        if (!rival.isAdmissible()) {
            String reason = rival.reason();
            return reason == null ? "" : "Measured: " + name + " " + reason + ".";
        }
        double theirs = Ranking.throughput(rival).median();
        double mine = Ranking.throughput(choice).median();
        if (theirs < mine / AHEAD) {
            return "Measured: up to %s %s will do as well; from there to %s only %s."
                    .formatted(
                            Numerals.rate(theirs, "requests"),
                            name,
                            Numerals.plain(mine),
                            choice.way().words());
        }
        return "Measured: %s and %s keep to the limits up to about the same rate, %s and %s."
                .formatted(choice.way().words(), name, Numerals.plain(mine), Numerals.rate(theirs, "requests"));
    }

    private static String callers(Curve choice, Curve rival) {
        List<Point> common = choice.points().stream()
                .filter(point -> Ranking.at(rival, point.concurrency()).isPresent())
                .toList();
        if (common.isEmpty()) {
            return "";
        }
        Optional<Point> from = Optional.empty();
        for (Point point : common.reversed()) {
            if (!isAhead(point, rival)) {
                break;
            }
            from = Optional.of(point);
        }
        String mine = choice.way().words();
        String theirs = rival.way().words();
        int most = common.getLast().concurrency();
        if (from.isEmpty()) {
            return "Measured: up to %,d at once %s and %s do about the same, or the latter more."
                    .formatted(most, mine, theirs);
        }
        Point point = from.get();
        String figures = "%s against %s calls/s"
                .formatted(Numerals.plain(point.perSecond()), Numerals.plain(perSecond(rival, point)));
        return "Measured: %s are ahead of %s from %,d at once on (%s)%s."
                .formatted(
                        mine,
                        theirs,
                        point.concurrency(),
                        figures,
                        below(common.subList(0, common.indexOf(point)), rival));
    }

    /** How it is with fewer callers than the choice is ahead from. */
    private static String below(List<Point> fewer, Curve rival) {
        if (fewer.isEmpty()) {
            return "";
        }
        if (fewer.stream().anyMatch(point -> isAhead(point, rival))) {
            return "; with fewer that varies";
        }
        Optional<Point> behind = fewer.reversed().stream()
                .filter(point -> isBehind(point, rival))
                .findFirst();
        return behind.map(point -> "; below, %s are ahead (%s against %s calls/s at %,d)"
                        .formatted(
                                rival.way().words(),
                                Numerals.plain(perSecond(rival, point)),
                                Numerals.plain(point.perSecond()),
                                point.concurrency()))
                .orElse("; with fewer there is no difference that counts");
    }

    private static boolean isAhead(Point point, Curve rival) {
        return point.perSecond() > AHEAD * perSecond(rival, point);
    }

    private static boolean isBehind(Point point, Curve rival) {
        return perSecond(rival, point) > AHEAD * point.perSecond();
    }

    /** What it does with as many callers, of a number that it was measured with too. */
    private static double perSecond(Curve rival, Point point) {
        return Ranking.at(rival, point.concurrency()).orElseThrow().perSecond();
    }

    private static List<String> memory(Findings findings) {
        List<String> found = new ArrayList<>();
        Long limit = findings.demand().memoryBytes();
        for (Curve curve : measured(findings)) {
            Point last = curve.points().getLast();
            double slope = slope(curve, last);
            if (slope < LEAST_SLOPE_BYTES) {
                continue;
            }
            String each =
                    "Calculated: a caller on %s costs %s".formatted(curve.way().words(), Numerals.memory(slope));
            found.add(
                    limit == null
                            ? each + "."
                            : each
                                    + ", so that %s hold about %s of them."
                                            .formatted(
                                                    Numerals.memory(limit),
                                                    Numerals.plain(Math.max(0, (limit - curve.baseBytes()) / slope))));
        }
        return found;
    }

    /** Memory for each caller, of the most that there were. */
    static double slope(Curve curve, Point last) {
        return last.concurrency() < ENOUGH_CALLERS || curve.baseBytes() == 0
                ? 0
                : (last.memoryBytes() - curve.baseBytes()) / (double) last.concurrency();
    }
}
