package greenlet.lab.article;

import java.util.List;
import java.util.Optional;
import org.commonmark.node.Document;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/**
 * The parsed Markdown of a post. Each renderer gets a tree of its own ({@link Post#body()}) and may change it.
 *
 * <p>Confined to one thread.
 */
public final class Body {
    private final Document document;
    private final List<Section> sections;
    private final @Nullable Paragraph contentsMark;

    Body(Document document, List<Section> sections, @Nullable Paragraph contentsMark) {
        this.document = document;
        this.sections = sections;
        this.contentsMark = contentsMark;
    }

    /**
     * The tree.
     *
     * @return its root, always the same one
     */
    public Document document() {
        return document;
    }

    /**
     * Its sections, in order; what stands before the first title is one with number 0, present only if it holds a sentence.
     *
     * @return unmodifiable
     */
    public List<Section> sections() {
        return sections;
    }

    /**
     * The paragraph that asks for a table of contents.
     *
     * @return the paragraph {@code [TOC]}, empty if the post has none
     */
    public Optional<Paragraph> contentsMark() {
        return Optional.ofNullable(contentsMark);
    }
}
