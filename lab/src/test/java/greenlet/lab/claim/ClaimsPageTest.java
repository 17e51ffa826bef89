package greenlet.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.article.Original;
import greenlet.lab.article.Post;
import greenlet.lab.article.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Proves that docs/claims.md is the catalogue, and that no sentence of the article is missing in it. */
class ClaimsPageTest {
    private static final Path PAGE = Path.of(System.getProperty("greenlet.root", ".."), "docs", "claims.md");

    @Test
    void page_isPrintedFromTheCatalogue() throws IOException {
        if ("write".equals(System.getProperty("greenlet.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ClaimsPage.render());
        }
        assertThat(Files.readString(PAGE))
                .as("docs/claims.md; print it anew with -Dgreenlet.docs=write")
                .isEqualTo(ClaimsPage.render());
    }

    @Test
    void page_hasARowForEachSentenceOfTheArticle() {
        String page = ClaimsPage.render();
        assertThat(Original.require().sentences())
                .hasSize(26)
                .allSatisfy(sentence -> assertThat(page).contains(beginningOfRow(sentence)));
        assertThat(page.lines().filter(line -> line.matches("\\| (?:tldr|\\d) \\|.*")))
                .as("rows")
                .hasSize(26);
    }

    @Test
    void measuredRow_namesRunsRuleAndMargin() {
        assertThat(ClaimsPage.render().lines().filter(line -> line.startsWith("| 3 | 2 |")))
                .singleElement()
                .asString()
                .contains("[switch-faster](#switch-faster)")
                .contains("`switch/round-trip` ≥ 1.25×");
        assertThat(ClaimsPage.render())
                .contains("- `switch/round-trip`: time to hand control over and back: threads ÷ greenlets ≥ 1.25;"
                        + " refuted ≤ 0.8\n");
    }

    @Test
    void eachMeasuredClaim_hasQuestions_andNoOtherHas() {
        assertThat(Claims.all())
                .allSatisfy(claim -> assertThat(Judge.questions(claim).isEmpty())
                        .as(claim.id())
                        .isEqualTo(claim.kind() != Kind.MEASURED));
    }

    @Test
    void standardPost_hasTheSentencesOfTheArticle_atTheSamePlaces() {
        assertThat(Post.standard().sentences())
                .extracting(Sentence::id)
                .isEqualTo(Original.require().sentences().stream()
                        .map(Sentence::id)
                        .toList());
    }

    private static String beginningOfRow(Sentence sentence) {
        String section = sentence.isTldr() ? "tldr" : String.valueOf(sentence.sectionNumber());
        return "\n| " + section + " | " + sentence.position() + " | ";
    }
}
