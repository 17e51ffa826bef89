package greenlet.lab.claim;

import greenlet.lab.article.Post;
import greenlet.lab.article.Sentence;
import greenlet.lab.measure.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Matches the sentences of a post to the catalogue and has their claims judged. Immutable. */
public final class Annotator {
    /** A sentence longer than this is no sentence, and patterns need not search it. */
    private static final int LONGEST_SENTENCE = 1000;

    private Annotator() {}

    /**
     * The claims that a sentence makes.
     *
     * @param sentence of a post
     * @return in the order of the catalogue; empty if it asserts nothing, or nothing that the catalogue knows
     */
    public static List<Claim> claims(Sentence sentence) {
        String text = Phrase.normalised(sentence.text());
        if (!Assertion.isIn(text) || text.length() > LONGEST_SENTENCE) {
            return List.of();
        }
        return Claims.all().stream().filter(claim -> claim.isAssertedBy(text)).toList();
    }

    /**
     * Whether a sentence asserts something, known to the catalogue or not.
     *
     * @param sentence of a post
     * @return false for a question, a caption, and a sentence that says what the post is going to do
     */
    public static boolean asserts(Sentence sentence) {
        return Assertion.isIn(Phrase.normalised(sentence.text()));
    }

    /**
     * Annotates a post.
     *
     * @param post to annotate
     * @param report whose figures count
     * @return one annotation for each sentence, by {@link Sentence#id()}, in reading order
     */
    public static Map<String, Annotation> annotate(Post post, Report report) {
        Judge judge = Judge.of(report);
        Map<String, Annotation> all = new LinkedHashMap<>();
        for (Sentence sentence : post.sentences()) {
            List<Verdict> verdicts = claims(sentence).stream().map(judge::judge).toList();
            all.put(sentence.id(), new Annotation(sentence, asserts(sentence), verdicts));
        }
        return all;
    }
}
