package greenlet.lab.article;

import java.util.List;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A part of a body under one title. Confined to one thread, like the tree that it is part of.
 *
 * @param number from 1; 0 for what stands before the first title
 * @param title without mark-up; empty before the first title
 * @param titleNode the heading, or the paragraph that serves as one; null before the first title
 * @param level of the heading, from 1; 2 for a paragraph that serves as one
 * @param passages its paragraphs that hold sentences
 */
public record Section(int number, String title, @Nullable Node titleNode, int level, List<Passage> passages) {
    /**
     * What a link within a page names it by.
     *
     * @return unique within its post
     */
    public String anchor() {
        return "section-" + number;
    }
}
