package greenlet.lab.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a post may assert about greenlets, threads or their surroundings, and what would settle it. Immutable.
 *
 * @param id short and stable, fit for an anchor
 * @param statement the claim in one sentence of ours
 * @param kind how it is settled
 * @param phrases any one of them in a sentence makes the sentence assert this
 * @param unless a sentence with this in it asserts something else; null if nothing does
 * @param questions what to ask of the figures; empty unless the kind is {@link Kind#MEASURED} and the claim stands by itself
 * @param restsOn ids of the claims whose verdicts settle this one; empty if it stands by itself
 * @param example name of the program that shows it; null unless the kind is {@link Kind#EXAMPLE}
 */
public record Claim(
        String id,
        String statement,
        Kind kind,
        List<Phrase> phrases,
        @Nullable Phrase unless,
        List<Question> questions,
        List<String> restsOn,
        @Nullable String example) {
    /** Copies the lists. */
    public Claim {
        phrases = List.copyOf(phrases);
        questions = List.copyOf(questions);
        restsOn = List.copyOf(restsOn);
    }

    static Claim measured(String id, String statement, Question... questions) {
        return new Claim(id, statement, Kind.MEASURED, List.of(), null, List.of(questions), List.of(), null);
    }

    static Claim resting(String id, String statement, String... claims) {
        return new Claim(id, statement, Kind.MEASURED, List.of(), null, List.of(), List.of(claims), null);
    }

    static Claim shown(String id, String statement, String example) {
        return new Claim(id, statement, Kind.EXAMPLE, List.of(), null, List.of(), List.of(), example);
    }

    static Claim unmeasured(String id, String statement, Kind kind) {
        return new Claim(id, statement, kind, List.of(), null, List.of(), List.of(), null);
    }

    Claim saidAs(String... patterns) {
        List<Phrase> all = Arrays.stream(patterns).map(Phrase::of).toList();
        return new Claim(id, statement, kind, all, unless, questions, restsOn, example);
    }

    Claim unless(String pattern) {
        return new Claim(id, statement, kind, phrases, Phrase.of(pattern), questions, restsOn, example);
    }

    /**
     * Whether a sentence asserts this.
     *
     * @param normalised a sentence, see {@link Phrase#normalised}
     * @return true if one of the phrases is in it
     */
    public boolean isAssertedBy(String normalised) {
        return (unless == null || !unless.isIn(normalised)) && phrases.stream().anyMatch(each -> each.isIn(normalised));
    }

    /**
     * The program that shows it.
     *
     * @return a name for {@code ./greenlet example}
     */
    public Optional<String> shownBy() {
        return Optional.ofNullable(example);
    }
}
