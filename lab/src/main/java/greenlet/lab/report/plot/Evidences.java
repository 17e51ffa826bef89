package greenlet.lab.report.plot;

import greenlet.lab.claim.Answer;
import greenlet.lab.claim.Finding;
import greenlet.lab.claim.Measure;
import greenlet.lab.claim.Platform;
import greenlet.lab.claim.Role;
import greenlet.lab.report.Quantity;
import java.util.Comparator;
import java.util.List;

/** The figures of an answer in words. Immutable. */
public final class Evidences {
    private Evidences() {}

    /**
     * The figures of an answer.
     *
     * @param answer that has figures
     * @return for example {@code platform threads ÷ greenlets 24× (23–25)}; with several sizes the least and the greatest
     */
    public static String words(Answer answer) {
        if (!answer.isMeasured()) {
            return "not measured here (" + answer.reason() + ")";
        }
        return subject(answer) + " " + figures(answer);
    }

    /**
     * What the figures of an answer are figures of.
     *
     * @param answer any
     * @return for example {@code platform threads ÷ greenlets}
     */
    public static String subject(Answer answer) {
        Platform platform = answer.platform();
        return switch (answer.question().measure()) {
            case Measure.Ratio(var figure, Role over, Role under) ->
                name(platform, over) + " ÷ " + name(platform, under);
            case Measure.Growth(var figure, Role role, String parameter) ->
                name(platform, role) + ", most ÷ fewest " + parameter;
            case Measure.Level(var figure, Role role) -> name(platform, role);
        };
    }

    private static String name(Platform platform, Role role) {
        return platform == Platform.JVM ? platform.label(role) : role.label();
    }

    /**
     * The figures of an answer, without what they are figures of.
     *
     * @param answer that has figures
     * @return for example {@code 24× (23–25)}
     */
    public static String figures(Answer answer) {
        List<Finding> sorted = answer.findings().stream()
                .sorted(Comparator.comparingDouble(finding -> finding.figure().median()))
                .toList();
        String unit = unit(answer, sorted.getFirst());
        if (sorted.size() == 1) {
            return Quantity.words(sorted.getFirst().figure(), unit);
        }
        return "%s to %s over %d sizes"
                .formatted(
                        Quantity.words(sorted.getFirst().figure().median(), unit),
                        Quantity.words(sorted.getLast().figure().median(), unit),
                        sorted.size());
    }

    private static String unit(Answer answer, Finding finding) {
        return answer.question().measure() instanceof Measure.Level
                ? finding.runs().getFirst().unit()
                : Quantity.TIMES;
    }
}
