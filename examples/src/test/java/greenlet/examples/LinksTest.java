package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links lead somewhere: files and headings within the repository exist, others are well formed. Nothing is fetched. */
class LinksTest {
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK =
            Pattern.compile("]\\(([^)\\s]*)(?:\\s+\"[^\"]*\")?\\)|^\\[[^]]+]:\\s+(\\S+)|<(https?:[^>]*)>");
    private static final String INDEX = "docs/README.md";

    @Test
    void links_ofAllPages_leadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (String page : Page.all()) {
            for (String link : linksOf(Page.of(page).prose())) {
                count++;
                String why = problem(page, link);
                if (why != null) {
                    broken.add(page + ": " + link + ": " + why);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(count).isGreaterThan(100);
    }

    @Test
    void index_namesEachPageOfTheFolder() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String link : linksOf(Page.of(INDEX).prose())) {
            named.add("docs/" + link.replaceAll("#.*", ""));
        }
        Set<String> pages = new TreeSet<>(Page.all());
        pages.removeIf(page -> !page.matches("docs/[^/]*\\.md") || page.equals(INDEX));

        assertThat(named).containsAll(pages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docs/hub.md | nowhere.md | no such file",
                "docs/hub.md | limits.md#hub-2 | no such heading",
                "docs/hub.md | #nowhere | no such heading",
                "docs/hub.md | ../../elsewhere.md | outside the repository",
                "docs/hub.md | /docs/hub.md | not relative",
                "docs/hub.md | ../core/target/classes | built, not in the repository",
                "docs/hub.md | https:// | no host",
                "docs/hub.md | http://a b | not a URI",
                "docs/hub.md | htps://example.org/ | not a URI of a kind that is expected here",
                "docs/hub.md | '' | empty",
            })
    void problem_ofABrokenLink_isFound(String page, String link, String problem) throws IOException {
        assertThat(problem(page, link)).isEqualTo(problem);
    }

    @Test
    void linksOf_everyForm_findsThem() {
        assertThat(linksOf(List.of(
                        "[`a(b)`](one.md#x), ![picture](two.svg \"title\")", "[ref]: three.md", "<https://four.org/>")))
                .containsExactly("one.md#x", "two.svg", "three.md", "https://four.org/");
        assertThat(linksOf(List.of("code like `[a](b)` links to nothing"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "## The one flag | the-one-flag",
                "### `java -jar`, with no flag on the command line | java--jar-with-no-flag-on-the-command-line",
                "## Announced: another carrier takes over if the call lasts |"
                        + " announced-another-carrier-takes-over-if-the-call-lasts",
                "## What [it](x.md) does_not do! | what-it-does_not-do",
            })
    void anchor_ofAHeading_isGitHubs(String heading, String anchor) {
        assertThat(anchorsOf(List.of(heading))).containsExactly(anchor);
    }

    @Test
    void anchors_ofEqualHeadings_areNumbered() {
        assertThat(anchorsOf(List.of("# Hub", "## Hub", "text", "## Hub"))).containsExactly("hub", "hub-1", "hub-2");
    }

    static List<String> linksOf(List<String> prose) {
        List<String> links = new ArrayList<>();
        for (String line : prose) {
            Matcher matcher = LINK.matcher(CODE.matcher(line).replaceAll(""));
            while (matcher.find()) {
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    if (matcher.group(i) != null) {
                        links.add(matcher.group(i));
                    }
                }
            }
        }
        return links;
    }

    private static @Nullable String problem(String page, String link) throws IOException {
        if (link.isEmpty()) {
            return "empty";
        }
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException e) {
            return e.getReason().startsWith("Expected authority") ? "no host" : "not a URI";
        }
        if (uri.getScheme() != null) {
            return Set.of("http", "https", "mailto").contains(uri.getScheme())
                    ? null
                    : "not a URI of a kind that is expected here";
        }
        return link.startsWith("/") ? "not relative" : problemOfPath(page, uri);
    }

    private static @Nullable String problemOfPath(String page, URI uri) throws IOException {
        Path root = Page.root().normalize();
        Path from = root.resolve(page);
        Path target = uri.getPath().isEmpty()
                ? from
                : from.resolveSibling(uri.getPath()).normalize();
        if (!target.startsWith(root)) {
            return "outside the repository";
        }
        for (Path part : root.relativize(target)) {
            if (part.toString().equals("target")) {
                return "built, not in the repository";
            }
        }
        if (!Files.exists(target)) {
            return "no such file";
        }
        String anchor = uri.getFragment();
        return anchor == null
                        || anchorsOf(Page.of(root.relativize(target).toString()).prose())
                                .contains(anchor)
                ? null
                : "no such heading";
    }

    /** As GitHub makes them. */
    private static List<String> anchorsOf(List<String> prose) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (String line : prose) {
            if (line.matches("#{1,6} .*")) {
                String text = line.replaceFirst("^#+ +", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
                String anchor = text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-');
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }
}
