package greenlet.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.article.Original;
import greenlet.lab.article.Post;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Proves that sentences are matched to the claims that they make, and to no others. */
class AnnotatorTest {
    /** The claims of each sentence, by position; our own post says the same at the same places. */
    private static final String EXPECTED = """
        tldr-1: cooperative control lightweight
        s1-1: language
        s1-2: concurrency-feature
        s1-3: mechanisms
        s2-1: concurrency different-uses
        s2-2: one-process not-parallel lightweight
        s2-3: coroutine cooperative
        s2-4: cooperative
        s2-5: thread parallel
        s2-6: parallel os-scheduling
        s2-7: own-code locks
        s3-1: one-process faster lightweight
        s3-2: cooperative switch-faster
        s3-3: same-memory no-os-switch
        s3-4: lightweight
        s3-5: own-stack
        s3-6: locks lock-cost
        s4-1: io-bound network-requests client-connections
        s4-2: low-overhead
        s4-3: cpu-bound video science
        s4-4: parallel
        s5-1: concurrency different-uses
        s5-2: cooperative lightweight low-overhead io-bound
        s5-3: lightweight cpu-bound
        s5-4: choice-depends
        """;

    /** The one sentence that only says what the article is going to do. */
    private static final String ANNOUNCEMENT = "s1-4";

    @Test
    void original_eachAssertiveSentence_isMatchedToItsClaimsAndNoOther() {
        assertThat(matches(Original.require())).isEqualTo(EXPECTED);
    }

    @Test
    void original_sentencesThatAssertNothing_areTheAnnouncementAlone() {
        assertThat(silent(Original.require())).containsExactly(ANNOUNCEMENT);
    }

    @Test
    void standardPost_saysTheSameAsTheOriginal_atTheSamePlaces() {
        assertThat(matches(Post.standard())).isEqualTo(EXPECTED);
        assertThat(silent(Post.standard())).containsExactly(ANNOUNCEMENT);
    }

    @Test
    void catalogue_everyClaim_isMadeByTheArticle() {
        List<String> expected = Arrays.stream(EXPECTED.split("[\\s:]+")).toList();
        assertThat(Claims.all()).extracting(Claim::id).isSubsetOf(expected).doesNotHaveDuplicates();
    }

    @Test
    void sentencesThatSayOtherwise_areNotMatched() {
        assertThat(claimsOf("Threads are faster than greenlets.")).isEmpty();
        assertThat(claimsOf("Greenlets are not faster than threads.")).isEmpty();
        assertThat(claimsOf("Greenlets aren't lightweight.")).isEmpty();
        assertThat(claimsOf("Greenlets are heavy while threads are lightweight."))
                .isEmpty();
        assertThat(claimsOf("Greenlets can run in parallel.")).isEmpty();
        assertThat(claimsOf("Greenlets suit CPU-bound work.")).isEmpty();
        assertThat(claimsOf("Threads are best for IO-bound work.")).isEmpty();
        assertThat(claimsOf("Threads never need more resources.")).isEmpty();
    }

    @Test
    void sentencesInOtherWords_areMatched() {
        assertThat(claimsOf("A greenlet is lighter than a thread.")).containsExactly("lightweight");
        assertThat(claimsOf("Greenlets don't run in parallel.")).containsExactly("not-parallel");
        assertThat(claimsOf("For I/O-bound work greenlets win.")).isEmpty();
        assertThat(claimsOf("Greenlets shine in I/O\u2011bound work.")).containsExactly("io-bound");
    }

    @Test
    void questionsAndAnnouncements_assertNothing() {
        assertThat(asserts("Are greenlets faster than threads?")).isFalse();
        assertThat(asserts("In this post we measure greenlets.")).isFalse();
        assertThat(asserts("We will see that greenlets are lightweight.")).isFalse();
        assertThat(asserts("Cats sleep a lot.")).isTrue();
    }

    @Test
    void unknownAssertion_isListedAsSuch() {
        Post post = Post.parse("p.md", "---\ntitle: t\n---\nCats sleep a lot.\n");
        Annotation annotation =
                Annotator.annotate(post, Planted.report()).values().iterator().next();
        assertThat(annotation.isUnmatched()).isTrue();
        assertThat(annotation.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    private static String matches(Post post) {
        return post.sentences().stream()
                .filter(Annotator::asserts)
                .map(sentence -> sentence.id() + ": "
                        + Annotator.claims(sentence).stream().map(Claim::id).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> silent(Post post) {
        return Annotator.annotate(post, Planted.report()).entrySet().stream()
                .filter(each -> !each.getValue().asserts())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> claimsOf(String sentence) {
        Post post = Post.parse("p.md", "---\ntitle: t\n---\n" + sentence + "\n");
        return Annotator.claims(post.sentences().getFirst()).stream()
                .map(Claim::id)
                .toList();
    }

    private static boolean asserts(String sentence) {
        Post post = Post.parse("p.md", "---\ntitle: t\n---\n" + sentence + " And more.\n");
        return Annotator.asserts(post.sentences().getFirst());
    }
}
