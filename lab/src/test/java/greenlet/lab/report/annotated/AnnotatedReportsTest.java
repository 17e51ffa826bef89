package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.article.FrontMatter;
import greenlet.lab.article.Original;
import greenlet.lab.article.Post;
import greenlet.lab.article.Sentence;
import greenlet.lab.claim.Annotator;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proves what the annotated reports hold: the post, carried on; a verdict behind each assertion; nothing that a post or report could inject. */
class AnnotatedReportsTest {
    @TempDir
    Path folder;

    private String html = "";
    private String markdown = "";

    private void write(Report report, Post post) throws IOException {
        AnnotatedReports.Written written = AnnotatedReports.write(report, post, folder);
        assertThat(written.problem()).isEmpty();
        assertThat(written.files()).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        html = Files.readString(folder.resolve(AnnotatedReports.HTML));
        markdown = Files.readString(folder.resolve(AnnotatedReports.MARKDOWN));
    }

    @Test
    void frontMatter_isCarriedOn() throws IOException {
        Post original = Original.require();
        write(PlantedComparison.full(Budget.DEFAULT), original);
        FrontMatter front = Post.parse("report.md", markdown).front();
        assertThat(front.title()).isEqualTo(original.front().title());
        assertThat(front.authors()).isEqualTo(original.front().authors());
        assertThat(front.tags()).isEqualTo(original.front().tags());
        assertThat(front.text("created_at")).contains("2026-11-01 07:00:00");
        assertThat(front.text("updated_at")).contains("2026-11-23 08:05:00");
        assertThat(front.tldr().orElseThrow())
                .startsWith(original.front().tldr().orElseThrow())
                .contains("Measured on Planted CPU 9000 with 2 cores: sentences by verdict, JVM: ");
        Path thumbnail = folder.resolve(front.text("thumbnail").orElseThrow());
        assertThat(ImageIO.read(thumbnail.toFile()).getWidth()).isGreaterThan(600);
    }

    @Test
    void contents_areKeptInMarkdown_andExpandedInHtml() throws IOException {
        write(PlantedComparison.full(Budget.DEFAULT), Original.require());
        assertThat(markdown.lines()).contains("[TOC]").contains("## Conclusion");
        assertThat(html)
                .doesNotContain("[TOC]")
                .contains("<a href=\"#section-5\">Conclusion</a>", "<h2 id=\"section-5\">Conclusion</h2>");
    }

    @Test
    void eachAssertiveSentence_hasItsVerdict_inBoth() throws IOException {
        Post post = Original.require();
        write(PlantedComparison.full(Budget.DEFAULT), post);
        for (Sentence sentence : post.sentences()) {
            boolean asserts = Annotator.asserts(sentence);
            String mark = sentence.isTldr() ? "tl;dr" : sentence.sectionNumber() + "." + sentence.position();
            assertThat(html.contains("<span class=\"marks\" id=\"" + sentence.id() + "\">"))
                    .as(sentence.id())
                    .isEqualTo(asserts);
            assertThat(html.contains("id=\"evidence-" + sentence.id() + "\""))
                    .as(sentence.id())
                    .isEqualTo(asserts);
            assertThat(markdown.contains("**\\[" + mark + " "))
                    .as(sentence.id())
                    .isEqualTo(asserts);
        }
        assertThat(html)
                .contains(
                        "✓</span> JVM: holds",
                        "✗</span> Python: does not hold",
                        "=</span> JVM vs virtual threads: tie");
    }

    @Test
    void everyLinkWithinTheReports_leadsSomewhere() throws IOException {
        write(PlantedComparison.full(Budget.DEFAULT), Post.standard());
        List<String> anchors = found("href=\"#([^\"]+)\"", html);
        assertThat(anchors)
                .hasSizeGreaterThan(60)
                .allSatisfy(anchor -> assertThat(html).contains("id=\"" + anchor + "\""));
        assertThat(found("\\]\\(#([^)]+)\\)", markdown))
                .isNotEmpty()
                .allSatisfy(anchor -> assertThat(markdown).contains("<a id=\"" + anchor + "\">"));
        assertThat(found("!\\[[^]]*]\\(([^)]+)\\)", markdown))
                .hasSizeGreaterThan(15)
                .allSatisfy(picture -> assertThat(folder.resolve(picture)).isNotEmptyFile());
    }

    @ParameterizedTest
    @EnumSource(value = Budget.class, names = "QUICK")
    void quickComparison_onlyIndicates(Budget budget) throws IOException {
        write(PlantedComparison.jvmOnly(budget, false), Post.standard());
        assertThat(found("<span class=\"badge (?:holds|fails|depends|tie)\">(.*?)</span></li>", html))
                .allSatisfy(badge -> assertThat(badge).contains("indicates: "));
        assertThat(html)
                .contains("JVM: indicates: holds")
                .doesNotContain("JVM: holds")
                .contains("quick comparison");
        assertThat(markdown).contains("indicates: holds").doesNotContain("JVM: ✓ holds");
        assertThat(html).contains("No figures of Python");
    }

    @Test
    void partialAndEmptyReport_isStillAPage() throws IOException {
        write(PlantedComparison.empty(), Post.standard());
        assertThat(html).contains("report is partial", "Nothing was measured.").contains("not measured here");
        assertThat(Post.parse("report.md", markdown).front().text("thumbnail")).contains("main.png");
        assertThat(folder.resolve("main.png")).doesNotExist();
    }

    @Test
    void unmatchedAssertions_areListedWithTheirLine() throws IOException {
        write(PlantedComparison.full(Budget.DEFAULT), Post.parse("p.md", "---\ntitle: t\n---\n\nCats sleep a lot.\n"));
        assertThat(html).contains("matched by no claim", "line 5: Cats sleep a lot.");
        assertThat(markdown).contains("- line 5: Cats sleep a lot.");
    }

    @Test
    void markdownReport_canBeAnnotatedAgain() throws IOException {
        write(PlantedComparison.full(Budget.DEFAULT), Post.standard());
        assertThat(Post.parse("report.md", markdown).body().sections()).isNotEmpty();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
