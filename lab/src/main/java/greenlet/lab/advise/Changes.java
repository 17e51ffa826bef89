package greenlet.lab.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would change the answer, computed from how far it is from another one.
 *
 * <p>Immutable.
 */
final class Changes {
    private static final double NEARLY_ALL = 0.8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Findings findings;
    private final Ranking ranking;
    private final Curve choice;
    private final List<String> found = new ArrayList<>();

    private Changes(Findings findings, Ranking ranking, Curve choice) {
        this.findings = findings;
        this.ranking = ranking;
        this.choice = choice;
    }

    static List<String> of(Findings findings, Ranking ranking, Curve choice) {
        Changes changes = new Changes(findings, ranking, choice);
        changes.cores();
        changes.state();
        changes.cooperation();
        changes.memory();
        changes.blocking();
        if (changes.found.isEmpty()) {
            changes.found.add("Nothing that was measured: the choice is ahead by more than any of its figures varies.");
        }
        return changes.found;
    }

    static List<String> ofNoneFits(Findings findings) {
        List<String> found = new ArrayList<>();
        for (Curve curve : findings.curves()) {
            if (curve.points().isEmpty()) {
                continue;
            }
            Point easiest = curve.points().getFirst();
            found.add("With %s and a p99 of %s allowed, %s would do at %s."
                    .formatted(
                            Numerals.memory(easiest.memoryBytes()),
                            Numerals.time(easiest.p99Nanos()),
                            curve.way().words(),
                            findings.isOfNumbers()
                                    ? Numerals.rate(Ranking.load(easiest), "requests")
                                    : easiest.concurrency() + " at once"));
        }
        return found;
    }

    /** One hub computes on one core. */
    private void cores() {
        Profile profile = findings.profile();
        Optional<Curve> one = ranking.fitting().stream()
                .filter(curve -> curve.way() == Way.GREENLETS)
                .findFirst();
        if (profile == null || one.isEmpty() || findings.cores() == 1 || profile.cpuNanos() <= 0) {
            return;
        }
        double hub = Ranking.throughput(one.get()).median();
        if (choice.way() == Way.GREENLETS) {
            found.add(
                    "More than about %s, which fill the core that one hub has: then a hub per core, or virtual threads."
                            .formatted(Numerals.rate(
                                    NANOS_PER_SECOND / computing(profile),
                                    findings.subject().units())));
        } else if (ranking.rivals().contains(one.get()) && !ranking.group().contains(one.get())) {
            found.add("Never more than %s: one hub would do, and code between two blocking calls would need no locks."
                    .formatted(Numerals.rate(hub, findings.subject().units())));
        }
    }

    private void state() {
        boolean shared = findings.subject() instanceof Subject.Numbers(Shape shape) && shape.sharedState();
        if (ranking.grounds().contains(Ranking.Ground.RESULT)) {
            Optional<Curve> fastest = ranking.fitting().stream()
                    .filter(curve -> Ranking.mayRace(findings, curve))
                    .filter(curve -> Ranking.isClearlyFaster(curve, choice))
                    .findFirst();
            fastest.ifPresent(curve -> found.add("A lock around what is shared: then %s would do %s."
                    .formatted(
                            curve.way().words(),
                            Numerals.rate(
                                    Ranking.throughput(curve).median(),
                                    findings.subject().units()))));
        } else if (choice.way().sharesStateAcrossCores()) {
            String written = String.join(", ", findings.writtenFields());
            if (!written.isEmpty()) {
                found.add("Calls write what they share (%s). No race showed, which proves little: without locks one hub"
                                .formatted(written)
                        + " is right by construction, and %s are by luck."
                                .formatted(choice.way().words()));
                return;
            }
            found.add(
                    shared
                            ? "Shared state too intertwined for locks: on one hub it needs none."
                            : "State that requests share: %s need locks for it, one hub does not."
                                    .formatted(choice.way().words()));
        }
    }

    private void cooperation() {
        Profile profile = findings.profile();
        if (profile == null || !choice.way().isGreen()) {
            return;
        }
        if (profile.holdsSiblingsUp()) {
            found.add(
                    "Siblings that may not wait %s: the call that holds them up would have to be offloaded, or run on platform threads."
                            .formatted(Numerals.time(profile.stallNanos())));
        } else {
            found.add("Calls that do not cooperate (long computing, native code): they would hold up their siblings.");
        }
    }

    private void memory() {
        Long limit = findings.demand().memoryBytes();
        double mine = Ranking.memory(choice).median();
        if (limit != null && mine > NEARLY_ALL * limit) {
            found.add("Less memory: it holds %s of the %s that it may."
                    .formatted(Numerals.memory(mine), Numerals.memory(limit)));
        }
        for (Curve curve : findings.curves()) {
            boolean overLimit = limit != null
                    && curve.points().stream().anyMatch(point -> point.memoryBytes() > limit)
                    && !curve.isAdmissible();
            if (overLimit) {
                found.add("A limit of %s and more: %s would fit too."
                        .formatted(
                                Numerals.memory(curve.points().getLast().memoryBytes()),
                                curve.way().words()));
            }
        }
    }

    private void blocking() {
        Profile profile = findings.profile();
        if (profile == null || findings.isOfNumbers()) {
            return;
        }
        if (profile.blockedShare() < 0.5 && choice.concurrency() <= 2 * findings.cores()) {
            found.add("Calls that wait for others more than they compute: then many at once pay, which now only queue"
                    + " for the cores.");
        } else if (profile.blockedShare() >= 0.5) {
            int cores = choice.way() == Way.GREENLETS ? 1 : findings.cores();
            double full = profile.wallNanos() * cores / Math.max(1, choice.concurrency());
            String filled = cores == 1 ? "the core that it has" : "the %d cores".formatted(cores);
            found.add(
                    computing(profile) < full
                            ? "Calls that compute more: from about %s a call on, %d at once would fill %s and more would only queue."
                                    .formatted(Numerals.time(full), choice.concurrency(), filled)
                            : "Calls that compute less: at %s each, %d at once fill %s."
                                    .formatted(Numerals.time(computing(profile)), choice.concurrency(), filled));
        }
    }

    /** What a call computes: under load, where code is warm, if it is less there than for one caller alone. */
    private double computing(Profile profile) {
        double underLoad = choice.best().stream()
                .mapToDouble(Point::cpuNanos)
                .filter(nanos -> nanos > 0)
                .min()
                .orElse(Double.MAX_VALUE);
        return Math.min(profile.cpuNanos(), underLoad);
    }
}
