package greenlet.lab.claim;

import java.util.List;

/**
 * What a report says on a question, on one platform. Immutable.
 *
 * @param question that was asked
 * @param platform whose figures were asked
 * @param outcome all sizes taken together
 * @param strength how much it may be relied on
 * @param findings one for each size that has figures
 * @param reason why there are no findings; empty if there are
 */
public record Answer(
        Question question,
        Platform platform,
        Outcome outcome,
        Strength strength,
        List<Finding> findings,
        String reason) {
    /** Copies the findings. */
    public Answer {
        findings = List.copyOf(findings);
    }

    static Answer of(Question question, Platform platform, Strength strength, List<Finding> findings) {
        Outcome outcome =
                Outcome.together(findings.stream().map(Finding::outcome).toList());
        return new Answer(question, platform, outcome, strength, findings, "");
    }

    static Answer none(Question question, Platform platform, String reason) {
        return new Answer(question, platform, Outcome.NOT_MEASURED, Strength.FOUND, List.of(), reason);
    }

    /**
     * Whether there are figures.
     *
     * @return true if the outcome is anything but {@link Outcome#NOT_MEASURED}
     */
    public boolean isMeasured() {
        return outcome != Outcome.NOT_MEASURED;
    }
}
