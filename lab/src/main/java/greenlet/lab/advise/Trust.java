package greenlet.lab.advise;

import greenlet.lab.advise.Advice.Confidence;
import greenlet.lab.advise.Advice.Confidence.Level;
import greenlet.lab.measure.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much to rely on an answer: high, unless something lowers it.
 *
 * <p>Immutable.
 */
final class Trust {
    private static final int ENOUGH_ROUNDS = 3;
    private static final double BUSY = 0.5;
    private static final double WIDE = 1.3;

    private Level level = Level.HIGH;
    private final List<String> reasons = new ArrayList<>();

    private Trust() {}

    static Confidence of(Findings findings, Ranking ranking) {
        Trust trust = new Trust();
        trust.repeats(ranking);
        trust.spread(ranking);
        trust.near(ranking);
        if (ranking.grounds().contains(Ranking.Ground.LATENCY)) {
            trust.lower(Level.MEDIUM, "the p99 that decides was measured once for each");
        }
        String partial = findings.partial();
        if (partial != null) {
            trust.lower(Level.MEDIUM, partial);
        }
        if (findings.curves().stream().anyMatch(curve -> WayRun.TIME_WAS_UP.equals(curve.reason()))) {
            trust.lower(Level.MEDIUM, "the time was up before every load was tried: allow more with --max-time");
        }
        if (findings.load() > BUSY * findings.cores()) {
            trust.lower(
                    Level.MEDIUM,
                    "the machine was busy: %s processes wanted its %d cores before the start"
                            .formatted(Numerals.plain(findings.load()), findings.cores()));
        }
        if (!findings.problems().isEmpty()) {
            trust.lower(Level.LOW, "the task misbehaved, so that not all could be measured");
        }
        if (trust.reasons.isEmpty()) {
            trust.reasons.add("every decisive figure was measured %d times, in JVMs of its own, and varies little"
                    .formatted(
                            ranking.choice().map(curve -> curve.best().size()).orElse(0)));
        }
        return new Confidence(trust.level, trust.reasons);
    }

    private void repeats(Ranking ranking) {
        int fewest = ranking.group().stream()
                .mapToInt(curve -> curve.best().size())
                .min()
                .orElse(0);
        if (fewest == 0) {
            lower(Level.LOW, "there is nothing to rely on");
        } else if (fewest == 1) {
            lower(Level.LOW, "the decisive figures were measured once: give more --rounds or more --max-time");
        } else if (fewest < ENOUGH_ROUNDS) {
            lower(Level.MEDIUM, "the decisive figures were measured " + fewest + " times only");
        }
    }

    private void spread(Ranking ranking) {
        ranking.choice().map(Ranking::throughput).ifPresent(interval -> {
            if (interval.high() > WIDE * interval.low()) {
                lower(
                        Level.MEDIUM,
                        "the throughput of the choice varies from %s to %s"
                                .formatted(Numerals.plain(interval.low()), Numerals.plain(interval.high())));
            }
        });
    }

    /** A rival that would be ahead if chance had it. */
    private void near(Ranking ranking) {
        if (ranking.choice().isEmpty() || !ranking.grounds().contains(Ranking.Ground.THROUGHPUT)) {
            return;
        }
        Interval mine = Ranking.throughput(ranking.choice().get());
        ranking.rivals().stream()
                .filter(curve -> !ranking.group().contains(curve))
                .max(Comparator.comparingDouble(
                        curve -> Ranking.throughput(curve).high()))
                .filter(curve -> Ranking.throughput(curve).high() > mine.low())
                .ifPresent(curve -> lower(
                        Level.MEDIUM, curve.way().words() + " came within reach of the choice in one of the rounds"));
    }

    private void lower(Level to, String reason) {
        level = to.compareTo(level) < 0 ? to : level;
        reasons.add(reason);
    }
}
