package greenlet.lab.claim;

import greenlet.lab.article.Sentence;
import java.util.List;

/**
 * A sentence of a post and the verdicts on what it asserts. Immutable.
 *
 * @param sentence of the post
 * @param asserts whether it asserts anything at all
 * @param verdicts on each claim of the catalogue that it makes; empty if it makes none that the catalogue knows
 */
public record Annotation(Sentence sentence, boolean asserts, List<Verdict> verdicts) {
    /** Copies the verdicts. */
    public Annotation {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * Whether it asserts something that the catalogue does not know.
     *
     * @return true if it is to be listed as such
     */
    public boolean isUnmatched() {
        return asserts && verdicts.isEmpty();
    }

    /**
     * What stands at the sentence: one verdict for each platform and rival.
     *
     * @return empty if nothing that it asserts was measured
     */
    public List<Verdict.Part> parts() {
        return Verdict.parts(verdicts);
    }

    /**
     * All of it in one outcome.
     *
     * @return {@link Outcome#NOT_MEASURED} if nothing that it asserts was measured
     */
    public Outcome outcome() {
        return Outcome.together(parts().stream().map(Verdict.Part::outcome).toList());
    }
}
