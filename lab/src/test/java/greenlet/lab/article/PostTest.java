package greenlet.lab.article;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that posts are read with their positions, and that what is no post is refused with line, reason and remedy. */
class PostTest {
    private static final String HEAD = "---\ntitle: A post\n---\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # No head\\n                             | 1 | there is no front matter
        ''                                      | 1 | there is no front matter
        ---\\ntitle: t\\n                       | 1 | never ends
        ---\\ntitle: t\\ntags: [a, b\\n---\\n   | 4 | not valid YAML
        ---\\ntitle: t\\ntldr: a: b\\n---\\n    | 3 | not valid YAML
        ---\\ntitle: t\\ntitle: u\\n---\\n      | 3 | not valid YAML
        ---\\n- a list\\n---\\n                 | 2 | not a mapping
        ---\\nauthors: [x]\\n---\\n             | 1 | no title
        ---\\n---\\n                            | 2 | not a mapping
        """)
    void brokenPost_isRefusedWithLineAndReason(String text, int line, String reason) {
        assertThatExceptionOfType(BrokenPostException.class)
                .isThrownBy(() -> Post.parse("p.md", text.replace("\\n", "\n")))
                .withMessageContaining("Cannot read the post p.md:" + line + ": ")
                .withMessageContaining(reason);
    }

    @Test
    void notUtf8_isRefusedWithLineAndByte() throws IOException {
        Path file = folder.resolve("latin1.md");
        Files.write(file, (HEAD + "caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, ":4: byte 0xE9 is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void cutOffInTheMiddleOfACharacter_isRefused() throws IOException {
        Path file = folder.resolve("cut.md");
        byte[] whole = (HEAD + "caf\u00e9").getBytes(StandardCharsets.UTF_8);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertRefused(file, ":4: byte 0xC3 is not UTF-8.");
    }

    @Test
    void binary_isRefused() throws IOException {
        Path file = folder.resolve("binary.md");
        Files.writeString(file, HEAD + "a\0b");
        assertRefused(file, ":4: a NUL character");
    }

    @Test
    void fiftyMegabytes_areRefusedWithoutBeingParsed() throws IOException {
        Path file = folder.resolve("huge.md");
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.write(HEAD.getBytes(StandardCharsets.UTF_8));
            huge.setLength(50L << 20);
        }
        assertRefused(file, ":4: here it passes 2,097,152 bytes, the most that a post may have (it has 52,428,800).");
    }

    @Test
    void missingFileAndFolder_areRefused() {
        assertRefused(folder.resolve("none.md"), ": there is no such file.");
        assertRefused(folder, ": it is not a regular file.");
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(BrokenPostException.class)
                .isThrownBy(() -> Post.read(file))
                .withMessageContaining("Cannot read the post " + file + message);
    }

    @Test
    void deepNesting_doesNotOverflowTheStack() {
        Post post = Post.parse("p.md", HEAD + ">".repeat(100_000) + " A greenlet is light.\n\n" + "*_".repeat(50_000));
        assertThat(post.sentences()).isNotEmpty();
    }

    @Test
    void sentences_haveSectionPositionAndLine() {
        Post post = Post.parse("p.md", """
            ---
            title: t
            tldr: One. Two.
            ---

            **Contents**

            [TOC]

            First: in no section.

            Introduction:

            One is e.g. this. Two spans
            lines; *emphasis ends it.* Three `x.y`.

            - Four in a list.

            ## Next one

            Is this a question? **Five.**
            """);
        assertThat(post.sentences().stream().map(s -> s.id() + "@" + s.line() + " " + s.text()))
                .containsExactly(
                        "tldr-1@1 One.",
                        "tldr-2@1 Two.",
                        "s0-1@10 First: in no section.",
                        "s1-1@14 One is e.g. this.",
                        "s1-2@14 Two spans lines; emphasis ends it.",
                        "s1-3@15 Three x.y.",
                        "s1-4@17 Four in a list.",
                        "s2-1@21 Is this a question?",
                        "s2-2@21 Five.");
        assertThat(post.body().sections()).extracting(Section::title).containsExactly("", "Introduction", "Next one");
        assertThat(post.body().contentsMark()).isPresent();
    }

    @Test
    void frontMatter_isCarriedOnInItsOrder_unknownKeysIncluded() {
        Post post = Post.parse(
                "p.md", "---\ntitle: \"a: b\"\nx-own: [1, two]\ncreated_at: 2023-04-15 00:00:00\ntldr: old\n---\n");
        FrontMatter changed = post.front().with("tldr", "new: \"yes\"").with("added", "1");
        assertThat(changed.toYaml().lines().map(line -> line.replaceAll(":.*", "")))
                .containsExactly("---", "title", "x-own", "- 1", "- two", "created_at", "tldr", "added", "---");
        FrontMatter read = Post.parse("q.md", changed.toYaml()).front();
        assertThat(read.title()).isEqualTo("a: b");
        assertThat(read.text("created_at")).contains("2023-04-15 00:00:00");
        assertThat(read.tldr()).contains("new: \"yes\"");
    }

    @Test
    void standardPost_hasTheFormOfTheArticle_inOtherWords() {
        Post ours = Post.standard();
        Post original = Original.require();
        for (String key : List.of("title", "thumbnail", "created_at", "updated_at", "tldr")) {
            assertThat(original.front().text(key)).as(key).isPresent();
            assertThat(ours.front().text(key)).as(key).isPresent();
        }
        assertThat(ours.front().authors()).isNotEmpty();
        assertThat(ours.front().tags()).isNotEmpty();
        assertThat(ours.body().contentsMark()).isPresent();
        assertThat(ours.body().sections()).hasSameSizeAs(original.body().sections());
        assertThat(ours.body().sections().getFirst().title()).isEqualTo("Introduction");
        assertThat(ours.body().sections().getLast().title()).isEqualTo("Conclusion");
    }

    @Test
    void standardPost_sharesNoEightWordsInARowWithTheArticle() {
        Set<String> theirs = runsOfEight(Original.require());
        assertThat(theirs).hasSizeGreaterThan(300);
        assertThat(runsOfEight(Post.standard())).isNotEmpty().doesNotContainAnyElementsOf(theirs);
    }

    private static Set<String> runsOfEight(Post post) {
        List<String> words = new ArrayList<>();
        for (Sentence sentence : post.sentences()) {
            words.addAll(Arrays.asList(sentence.text().toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
        }
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + 8 <= words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, i + 8)));
        }
        return runs;
    }
}
