package greenlet.lab.article;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * The text of a block without its mark-up, and the way back from an offset in it to the node that holds it.
 *
 * <p>Confined to one thread, like the tree that it reads.
 */
final class InlineText {
    private record Piece(Node node, int begin, int length) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    private InlineText() {}

    static InlineText of(Node block) {
        InlineText inline = new InlineText();
        block.accept(inline.new Collector());
        return inline;
    }

    String text() {
        return text.toString();
    }

    /** How many line ends of the source lie before the offset. */
    int linesBefore(int offset) {
        return (int) pieces.stream()
                .filter(piece -> piece.begin() < offset)
                .filter(piece -> piece.node() instanceof SoftLineBreak || piece.node() instanceof HardLineBreak)
                .count();
    }

    /** Puts a node behind the character that ends at the offset; a text node that goes on there is cut in two. */
    void insertAt(int offset, Node inserted) {
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            int end = piece.begin() + piece.length();
            if (offset > end) {
                continue;
            }
            piece.node().insertAfter(inserted);
            if (offset < end && piece.node() instanceof Text holder) {
                cut(i, piece, holder, offset, inserted);
            }
            return;
        }
        throw new IllegalArgumentException("No text at offset " + offset + " of " + text.length());
    }

    private void cut(int index, Piece piece, Text holder, int offset, Node inserted) {
        int head = offset - piece.begin();
        Text rest = new Text(holder.getLiteral().substring(head));
        holder.setLiteral(holder.getLiteral().substring(0, head));
        inserted.insertAfter(rest);
        pieces.set(index, new Piece(holder, piece.begin(), head));
        pieces.add(index + 1, new Piece(rest, offset, piece.length() - head));
    }

    private final class Collector extends AbstractVisitor {
        private void add(Node node, String literal) {
            pieces.add(new Piece(node, text.length(), literal.length()));
            text.append(literal);
        }

        @Override
        public void visit(Text node) {
            add(node, node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            add(node, node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            add(node, " ");
        }

        @Override
        public void visit(HardLineBreak node) {
            add(node, " ");
        }

        @Override
        public void visit(HtmlInline node) {
            // Mark-up, not text.
        }

        @Override
        public void visit(Image node) {
            // What a picture is called is no sentence of the post.
        }
    }
}
