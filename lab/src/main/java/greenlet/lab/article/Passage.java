package greenlet.lab.article;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;

/**
 * A paragraph of a body and the sentences in it; the way for a renderer to put a mark behind each.
 *
 * <p>Confined to one thread, like the tree that it is part of.
 */
public final class Passage {
    private record Placed(Sentence sentence, int end) {}

    private final Paragraph node;
    private final InlineText inline;
    private final List<Placed> placed = new ArrayList<>();

    Passage(Paragraph node, InlineText inline) {
        this.node = node;
        this.inline = inline;
    }

    void add(Sentence sentence, int end) {
        placed.add(new Placed(sentence, end));
    }

    /**
     * The paragraph in its tree.
     *
     * @return the node itself, not a copy
     */
    public Paragraph node() {
        return node;
    }

    /**
     * Its sentences.
     *
     * @return in reading order
     */
    public List<Sentence> sentences() {
        return placed.stream().map(Placed::sentence).toList();
    }

    /**
     * Puts nodes behind each sentence, in the tree itself.
     *
     * @param marks the nodes for a sentence, in order; none leaves it as it is
     */
    public void markEach(Function<Sentence, List<Node>> marks) {
        // From the last to the first, and each sentence's nodes likewise: what is put in moves nothing that lies before
        // it.
        for (Placed each : placed.reversed()) {
            for (Node mark : marks.apply(each.sentence()).reversed()) {
                inline.insertAt(each.end(), mark);
            }
        }
    }
}
