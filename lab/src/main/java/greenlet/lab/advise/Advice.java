package greenlet.lab.advise;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer.
 *
 * <p>Immutable.
 *
 * @param outcome which kind of answer it is
 * @param sentence the answer in a sentence
 * @param choice what to take; {@code null} if there is no advice
 * @param concurrency callers, or connections, at once; 0 if there is no advice
 * @param figures the three figures that decide; empty if there is no advice
 * @param breakEvens where another way becomes as good
 * @param changes what would change the answer
 * @param recipe how to apply it; {@code null} if there is no advice
 * @param confidence how much to rely on it
 */
public record Advice(
        Outcome outcome,
        String sentence,
        @Nullable Way choice,
        int concurrency,
        List<Figure> figures,
        List<String> breakEvens,
        List<String> changes,
        @Nullable Recipe recipe,
        Confidence confidence) {
    /** The kinds of answers. */
    public enum Outcome {
        /** One way is better than some other. */
        CHOICE,
        /** All that fit do as well as each other: what is simplest is named. */
        NO_DIFFERENCE,
        /** None keeps to the limits. */
        NONE_FITS,
        /** Nothing could be measured. */
        NO_ADVICE
    }

    /**
     * How to apply an answer.
     *
     * @param code Java, the body of a method
     * @param note what else is needed
     */
    public record Recipe(String code, String note) {}

    /**
     * How much to rely on an answer.
     *
     * @param level the level
     * @param reasons what it was lowered for, or why it was not
     */
    public record Confidence(Level level, List<String> reasons) {
        /** Copies the list. */
        public Confidence {
            reasons = List.copyOf(reasons);
        }

        /** From a coin to a rule. */
        public enum Level {
            /** A hint. */
            LOW,
            /** Likely. */
            MEDIUM,
            /** It would come out again. */
            HIGH
        }
    }

    /** Copies the lists. */
    public Advice {
        figures = List.copyOf(figures);
        breakEvens = List.copyOf(breakEvens);
        changes = List.copyOf(changes);
    }

    /** {@return the choice, if there is one} Not a switch point. */
    public Optional<Way> way() {
        return Optional.ofNullable(choice);
    }
}
