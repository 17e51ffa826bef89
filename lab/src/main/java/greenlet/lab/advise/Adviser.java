package greenlet.lab.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns findings into advice. Every word of it comes from figures: the same code with other figures says something else.
 *
 * <p>Immutable.
 */
public final class Adviser {
    private final Findings findings;
    private final Ranking ranking;
    private final String units;

    private Adviser(Findings findings) {
        this.findings = findings;
        ranking = Ranking.of(findings);
        units = findings.subject().units();
    }

    /**
     * Advises. Not a switch point.
     *
     * @param findings what was measured
     * @return the answer
     */
    public static Advice advise(Findings findings) {
        return new Adviser(findings).advise();
    }

    private Advice advise() {
        if (ranking.choice().isEmpty()) {
            return without();
        }
        Curve choice = ranking.choice().get();
        Advice.Outcome outcome = ranking.isNoDifference() ? Advice.Outcome.NO_DIFFERENCE : Advice.Outcome.CHOICE;
        return new Advice(
                outcome,
                sentence(choice, outcome),
                choice.way(),
                choice.concurrency(),
                figures(choice),
                BreakEvens.of(findings, ranking, choice),
                Changes.of(findings, ranking, choice),
                Recipes.of(choice.way(), choice.concurrency(), findings),
                Trust.of(findings, ranking));
    }

    private Advice without() {
        boolean measured =
                findings.curves().stream().anyMatch(curve -> !curve.points().isEmpty());
        return new Advice(
                measured ? Advice.Outcome.NONE_FITS : Advice.Outcome.NO_ADVICE,
                measured ? noneFits() : noAdvice(),
                null,
                0,
                shortfalls(),
                BreakEvens.limits(findings),
                measured ? Changes.ofNoneFits(findings) : List.of(),
                null,
                Trust.of(findings, ranking));
    }

    private String noAdvice() {
        String why = findings.problems().isEmpty()
                ? findings.partial() == null ? "nothing could be measured" : findings.partial()
                : findings.problems().getFirst().what();
        return "No advice: " + why + ".";
    }

    private String noneFits() {
        return "None of the mechanisms keeps to what is demanded: "
                + findings.curves().stream()
                        .filter(curve -> !curve.points().isEmpty())
                        .map(curve -> curve.way().words() + " " + shortfall(curve))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private String shortfall(Curve curve) {
        String reason = curve.reason();
        if (reason != null && !reason.isEmpty()) {
            return reason;
        }
        Point first = curve.points().getFirst();
        return "need " + Numerals.memory(first.memoryBytes()) + " and a p99 of " + Numerals.time(first.p99Nanos());
    }

    /** What each needs at its least load, beside what it may; no load is easier to keep to the demand at. */
    private List<Figure> shortfalls() {
        List<Curve> shown = findings.curves().stream()
                .filter(curve -> !curve.points().isEmpty())
                .toList();
        if (shown.isEmpty()) {
            return List.of();
        }
        Demand demand = findings.demand();
        Long memory = demand.memoryBytes();
        Long p99 = demand.p99Nanos();
        return List.of(
                new Figure(
                        "throughput",
                        each(shown, curve -> answered(curve.points().getFirst())),
                        breaks(shown, point -> point.keepsUp() && point.failures() == 0)),
                new Figure(
                        memory == null ? "memory" : "memory, where " + Numerals.memory(memory) + " are allowed",
                        each(
                                shown,
                                curve -> Numerals.memory(
                                        curve.points().getFirst().memoryBytes())),
                        breaks(shown, demand::isWithinMemory)),
                new Figure(
                        p99 == null ? "p99" : "p99, where " + Numerals.time(p99) + " are allowed",
                        each(
                                shown,
                                curve -> Numerals.time(curve.points().getFirst().p99Nanos())),
                        breaks(shown, demand::isInTime)));
    }

    private static boolean breaks(List<Curve> shown, Predicate<Point> kept) {
        return shown.stream().map(curve -> curve.points().getFirst()).anyMatch(kept.negate());
    }

    private String answered(Point point) {
        Double offered = point.offeredPerSecond();
        return Numerals.rate(point.perSecond(), units)
                + (offered == null ? " at " + point.concurrency() : " of " + Numerals.plain(offered))
                + (point.failures() == 0 ? "" : ", and %,d that threw".formatted(point.failures()));
    }

    private String sentence(Curve choice, Advice.Outcome outcome) {
        String what = does(choice);
        String start = outcome == Advice.Outcome.NO_DIFFERENCE
                ? "No difference that counts: all that were measured do alike; take " + take(choice)
                        + ", the simplest of them: " + what
                : "Take " + take(choice) + ": " + what + comparison(choice);
        return start + "." + alike(outcome) + racing();
    }

    private String take(Curve choice) {
        return findings.isOfNumbers()
                ? "%s for the %,d connections".formatted(choice.way().words(), choice.concurrency())
                : "%s, %,d %s at once"
                        .formatted(
                                choice.way().words(), choice.concurrency(), choice.concurrency() == 1 ? "call" : units);
    }

    private String does(Curve choice) {
        String rate = Numerals.rate(Ranking.throughput(choice).median(), units);
        Long p99 = findings.demand().p99Nanos();
        String kept = p99 == null ? "" : " with p99 within " + Numerals.time(p99);
        return rate + kept + " in " + Numerals.memory(Ranking.memory(choice).median());
    }

    /** How it compares with the best of those that were taken out, on the ground that they were. */
    private String comparison(Curve choice) {
        List<Curve> worse = ranking.rivals().stream()
                .filter(curve -> !ranking.group().contains(curve))
                .toList();
        if (worse.isEmpty()) {
            return ranking.fitting().size() == 1 ? ", the only one that keeps to what is demanded" : "";
        }
        Curve next = worse.getFirst();
        double faster =
                Ranking.throughput(choice).median() / Ranking.throughput(next).median();
        double smaller = Ranking.memory(next).median() / Ranking.memory(choice).median();
        if (Ranking.isClearlyFaster(choice, next)) {
            return ", " + Numerals.times(faster) + " what " + next.way().words() + " do";
        }
        if (Ranking.isClearlySmaller(choice, next)) {
            return ", where " + next.way().words() + " need " + Numerals.times(smaller) + " the memory";
        }
        if (Ranking.isRight(findings, choice) && !Ranking.isRight(findings, next)) {
            return ", with the right result";
        }
        return Ranking.commonLoad(List.of(choice, next))
                .map(load -> ", where " + next.way().words() + " have a p99 of "
                        + Numerals.time(Ranking.p99(next, load)) + " instead of "
                        + Numerals.time(Ranking.p99(choice, load)))
                .orElse("");
    }

    private String alike(Advice.Outcome outcome) {
        if (outcome == Advice.Outcome.NO_DIFFERENCE || ranking.asGood().isEmpty()) {
            return "";
        }
        String names =
                ranking.asGood().stream().map(curve -> curve.way().words()).collect(Collectors.joining(" and "));
        return " " + names.substring(0, 1).toUpperCase(Locale.ROOT) + names.substring(1) + " do as well.";
    }

    private String racing() {
        List<Curve> racing = findings.curves().stream()
                .filter(curve -> !curve.races().isEmpty())
                .toList();
        if (racing.isEmpty()) {
            return "";
        }
        String names = racing.stream().map(curve -> curve.way().words()).collect(Collectors.joining(", "));
        return " The code as it is races on " + names + ": "
                + racing.getFirst().races().getFirst() + "." + lucky(racing);
    }

    private String lucky(List<Curve> racing) {
        String names = findings.curves().stream()
                .filter(curve -> !curve.points().isEmpty() && !racing.contains(curve))
                .filter(curve -> Ranking.mayRace(findings, curve))
                .map(curve -> curve.way().words())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : " What runs in parallel is no safer where it did not show: " + names + ".";
    }

    private List<Figure> figures(Curve choice) {
        List<Figure> figures = new ArrayList<>();
        List<Curve> shown = new ArrayList<>(List.of(choice));
        shown.addAll(ranking.rivals());
        if (ranking.grounds().contains(Ranking.Ground.RESULT)) {
            figures.add(new Figure("result", each(shown, curve -> result(curve)), true));
        }
        figures.add(new Figure(
                "throughput",
                each(shown, curve -> interval(curve)),
                ranking.grounds().contains(Ranking.Ground.THROUGHPUT)));
        figures.add(new Figure(
                "memory",
                each(shown, curve -> Numerals.memory(Ranking.memory(curve).median())),
                ranking.grounds().contains(Ranking.Ground.MEMORY)));
        figures.add(latency(shown));
        return figures.subList(0, 3);
    }

    private String result(Curve curve) {
        if (!curve.races().isEmpty()) {
            return curve.races().getFirst();
        }
        if (Ranking.dividesState(findings, curve)) {
            return "divided: a part in each JVM";
        }
        return Ranking.mayRace(findings, curve) ? "right by luck: parallel, too" : "right";
    }

    private String interval(Curve curve) {
        var interval = Ranking.throughput(curve);
        String spread = interval.low() == interval.high()
                ? ""
                : " (" + Numerals.plain(interval.low()) + "–" + Numerals.plain(interval.high()) + ")";
        return Numerals.rate(interval.median(), units)
                + spread
                + (findings.isOfNumbers() ? "" : " at " + curve.concurrency());
    }

    private Figure latency(List<Curve> shown) {
        boolean decides = ranking.grounds().contains(Ranking.Ground.LATENCY);
        return Ranking.commonLoad(shown)
                .map(load -> new Figure(
                        "p99 at "
                                + (findings.isOfNumbers() ? Numerals.rate(load, units) : load.intValue() + " at once"),
                        each(shown, curve -> Numerals.time(Ranking.p99(curve, load))),
                        decides))
                .orElseGet(() -> new Figure(
                        "p99 at its own load",
                        each(
                                shown,
                                curve -> Numerals.time(curve.best().getFirst().p99Nanos())),
                        decides));
    }

    private interface Wording {
        String of(Curve curve);
    }

    private static String each(List<Curve> shown, Wording wording) {
        return shown.stream()
                .map(curve -> curve.way().words() + " " + wording.of(curve))
                .collect(Collectors.joining("; "));
    }

    /** What a profile says, in a sentence; {@code null} if there is none. */
    static @Nullable String words(@Nullable Profile profile) {
        if (profile == null) {
            return null;
        }
        return "A call takes %s: it is blocked for %s of that and computes for %s%s."
                .formatted(
                        Numerals.time(profile.wallNanos()),
                        Numerals.percent(profile.blockedShare()),
                        Numerals.time(profile.cpuNanos()),
                        profile.computesOnSeveralThreads() ? ", on several threads" : "");
    }

    /**
     * What the calls are like, in sentences. Not a switch point.
     *
     * @param findings what was measured
     * @return a sentence on time, and others on calls that do not cooperate
     */
    public static List<String> character(Findings findings) {
        List<String> sentences = new ArrayList<>();
        Profile profile = findings.profile();
        String time = words(profile);
        if (profile == null || time == null || findings.isOfNumbers()) {
            return sentences;
        }
        sentences.add(time);
        if (profile.blocksCarriers()) {
            sentences.add(
                    "It blocks the thread that carries a hub (file, console, name look-up, native code) %s times a call: the hub hands over to another, which costs some 20 µs and a millisecond of waiting."
                            .formatted(Numerals.plain(profile.handOffs())));
        }
        if (profile.holdsSiblingsUp()) {
            sentences.add("It does not cooperate: a sibling on the same hub waits up to %s for it%s."
                    .formatted(
                            Numerals.time(profile.stallNanos()),
                            profile.stalledIn() == null ? "" : ", in " + profile.stalledIn()));
        }
        if (!findings.checked().isEmpty()) {
            boolean races =
                    findings.curves().stream().anyMatch(curve -> !curve.races().isEmpty());
            sentences.add((races
                            ? "Compared after equally many calls, and not always right: "
                            : "Compared after equally many calls, and right everywhere: ")
                    + String.join(", ", findings.checked()) + ".");
        }
        return sentences;
    }
}
