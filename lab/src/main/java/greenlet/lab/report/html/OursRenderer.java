package greenlet.lab.report.html;

import java.util.Set;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;

/** Writes the nodes that {@link ArticleHtml} puts into a tree. Confined to one thread. */
final class OursRenderer implements NodeRenderer {
    private final HtmlNodeRendererContext context;

    OursRenderer(HtmlNodeRendererContext context) {
        this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
        return Set.of(ArticleHtml.Ours.class, ArticleHtml.Beside.class);
    }

    @Override
    public void render(Node node) {
        if (node instanceof ArticleHtml.Ours ours) {
            context.getWriter().raw(ours.html);
        } else if (node instanceof ArticleHtml.Beside beside) {
            beside(beside);
        }
    }

    private void beside(ArticleHtml.Beside beside) {
        boolean passage = beside.getFirstChild() != null;
        if (passage) {
            context.getWriter().raw("<div class=\"passage\">\n");
        }
        for (Node child = beside.getFirstChild(); child != null; child = child.getNext()) {
            context.render(child);
        }
        context.getWriter().raw(beside.html);
        if (passage) {
            context.getWriter().raw("</div>\n");
        }
    }
}
