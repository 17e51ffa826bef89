package greenlet.lab.claim;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says on a claim: the answers to all its questions, and what they come to, per platform and rival. Immutable.
 *
 * @param claim that was judged
 * @param answers to each of its questions on each platform that has a mechanism for it
 */
public record Verdict(Claim claim, List<Answer> answers) {
    /** Copies the answers. */
    public Verdict {
        answers = List.copyOf(answers);
    }

    /**
     * A part of a verdict that stands by itself.
     *
     * @param platform whose figures
     * @param rival against whom
     * @param outcome what they come to
     * @param strength how much it may be relied on
     */
    public record Part(Platform platform, Role rival, Outcome outcome, Strength strength) {
        /**
         * What people read before the outcome.
         *
         * @return for example {@code JVM vs virtual threads}
         */
        public String label() {
            return label(platform, rival);
        }

        static String label(Platform platform, Role rival) {
            return switch (platform) {
                case JVM -> rival == Role.VIRTUAL_THREADS ? "JVM vs virtual threads" : "JVM";
                case PYTHON -> "Python";
            };
        }
    }

    /**
     * All of it in one outcome.
     *
     * @return {@link Outcome#NOT_MEASURED} if the claim has no questions or none has figures
     */
    public Outcome outcome() {
        return Outcome.together(answers.stream().map(Answer::outcome).toList());
    }

    /**
     * How much the whole may be relied on.
     *
     * @return the weakest of the answers that have figures
     */
    public Strength strength() {
        return Strength.weakest(answers.stream()
                .filter(Answer::isMeasured)
                .map(Answer::strength)
                .toList());
    }

    /**
     * The verdicts by platform and rival. A question without a rival counts to what the article means by threads.
     *
     * @return those with figures, the JVM first, threads before virtual threads
     */
    public List<Part> parts() {
        return parts(answers);
    }

    /**
     * The same of the answers of several claims, as one sentence may make them.
     *
     * @param verdicts of these claims
     * @return those with figures, the JVM first, threads before virtual threads
     */
    public static List<Part> parts(Collection<Verdict> verdicts) {
        return parts(verdicts.stream().flatMap(each -> each.answers().stream()).toList());
    }

    private static List<Part> parts(List<Answer> answers) {
        return Arrays.stream(Platform.values())
                .flatMap(platform -> List.of(Role.THREADS, Role.VIRTUAL_THREADS).stream()
                        .map(rival -> part(answers, platform, rival)))
                .filter(part -> part.outcome() != Outcome.NOT_MEASURED)
                .toList();
    }

    /**
     * The answers that a part comes from.
     *
     * @param part one of {@link #parts()}
     * @return those with figures
     */
    public List<Answer> answers(Part part) {
        return answers(answers, part.platform(), part.rival());
    }

    private static List<Answer> answers(List<Answer> answers, Platform platform, Role rival) {
        return answers.stream()
                .filter(answer -> answer.platform() == platform && rivalOf(answer.question()) == rival)
                .filter(Answer::isMeasured)
                .toList();
    }

    private static Part part(List<Answer> answers, Platform platform, Role rival) {
        List<Answer> mine = answers(answers, platform, rival);
        Outcome outcome = Outcome.together(mine.stream().map(Answer::outcome).toList());
        return new Part(
                platform,
                rival,
                outcome,
                Strength.weakest(mine.stream().map(Answer::strength).toList()));
    }

    private static Role rivalOf(Question question) {
        @Nullable Role rival = question.rival();
        if (rival != null) {
            return rival;
        }
        return switch (question.measure()) {
            case Measure.Level(Figure figure, Role role) -> role == Role.VIRTUAL_THREADS ? role : Role.THREADS;
            case Measure.Growth growth -> Role.THREADS;
            case Measure.Ratio ratio -> Role.THREADS;
        };
    }
}
