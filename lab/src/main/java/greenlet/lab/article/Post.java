package greenlet.lab.article;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.commonmark.Extension;

/**
 * A post: front matter, and a Markdown body cut into sections and sentences.
 *
 * <p>Immutable. {@link #body()} parses anew at each call, because renderers change the tree.
 *
 * <p>Limits: at most 2 MiB of UTF-8; sentences are cut by the rules of English; tables, code, quoted HTML and captions of pictures hold no
 * sentences.
 */
public final class Post {
    private static final String STANDARD = "post.md";

    private final String name;
    private final FrontMatter front;
    private final String markdown;
    private final int headLines;
    private final List<Sentence> sentences;

    private Post(String name, FrontMatter front, String markdown, int headLines) {
        this.name = name;
        this.front = front;
        this.markdown = markdown;
        this.headLines = headLines;
        this.sentences = List.copyOf(collect());
    }

    /**
     * Reads a post from a file.
     *
     * @param file to read; at most 2 MiB
     * @return the post
     * @throws BrokenPostException if it is no regular file, too large, not UTF-8, or its front matter is missing, open-ended, not YAML or
     *     without a title
     */
    public static Post read(Path file) {
        return PostReader.read(file);
    }

    /**
     * The post that the lab annotates unless it is given another.
     *
     * @return the post that is part of the program
     */
    public static Post standard() {
        try (InputStream in = Objects.requireNonNull(Post.class.getResourceAsStream(STANDARD), STANDARD)) {
            return parse(STANDARD, PostReader.decode(STANDARD, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the post within the program; the jar is damaged: build it anew.", e);
        }
    }

    /**
     * Parses a post.
     *
     * @param name that messages call it by
     * @param text of the whole post, lines ended by {@code \n}
     * @return the post
     * @throws BrokenPostException if its front matter is missing, open-ended, not YAML or without a title
     */
    public static Post parse(String name, String text) {
        FrontMatterParser.Head head = new FrontMatterParser(name, text).parse();
        String markdown = text.lines()
                .skip(head.lines())
                .reduce(new StringBuilder(), Post::line, StringBuilder::append)
                .toString();
        return new Post(name, head.front(), markdown, head.lines());
    }

    private static StringBuilder line(StringBuilder text, String line) {
        return text.append(line).append('\n');
    }

    private List<Sentence> collect() {
        List<Sentence> all = new ArrayList<>(tldr());
        body().sections().stream()
                .flatMap(section -> section.passages().stream())
                .forEach(passage -> all.addAll(passage.sentences()));
        return all;
    }

    private List<Sentence> tldr() {
        List<Sentence> found = new ArrayList<>();
        String text = BodyParser.squeeze(front.tldr().orElse(""));
        for (SentenceSplitter.Range range : SentenceSplitter.split(text)) {
            String plain = text.substring(range.begin(), range.end());
            found.add(new Sentence(Sentence.TLDR, 0, found.size() + 1, 1, plain));
        }
        return found;
    }

    /**
     * What messages call it by.
     *
     * @return the path it was read from
     */
    public String name() {
        return name;
    }

    /**
     * Its front matter.
     *
     * @return always with a title
     */
    public FrontMatter front() {
        return front;
    }

    /**
     * A new tree of its body.
     *
     * @return one that nobody else has
     */
    public Body body() {
        return BodyParser.parse(markdown, headLines);
    }

    /**
     * All its sentences, those of the {@code tldr} first.
     *
     * @return in reading order
     */
    public List<Sentence> sentences() {
        return sentences;
    }

    /**
     * The Markdown extensions that the body was parsed with, for renderers.
     *
     * @return unmodifiable
     */
    public static Set<Extension> extensions() {
        return BodyParser.EXTENSIONS;
    }

    @Override
    public String toString() {
        return "Post[" + name + ", " + sentences.size() + " sentences]";
    }
}
