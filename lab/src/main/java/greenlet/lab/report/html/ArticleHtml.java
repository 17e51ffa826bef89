package greenlet.lab.report.html;

import greenlet.lab.article.Body;
import greenlet.lab.article.Passage;
import greenlet.lab.article.Post;
import greenlet.lab.article.Section;
import greenlet.lab.article.Sentence;
import greenlet.lab.claim.AnnotatedPost;
import greenlet.lab.claim.Annotation;
import greenlet.lab.claim.Outcome;
import greenlet.lab.claim.Strength;
import greenlet.lab.claim.Verdict;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.HtmlRenderer;

/** The body of a post as HTML: badges behind its sentences, the evidence beside its paragraphs. Confined to one thread. */
final class ArticleHtml {
    /** Inline HTML of ours, as against that of a post, which is escaped. */
    static final class Ours extends CustomNode {
        final String html;

        Ours(String html) {
            this.html = html;
        }
    }

    /** A paragraph and what stands beside it. */
    static final class Beside extends CustomBlock {
        final String html;

        Beside(String html) {
            this.html = html;
        }
    }

    private static final int DEEPEST_HEADING = 6;

    private final AnnotatedPost annotated;
    private final Evidence evidence;

    ArticleHtml(AnnotatedPost annotated, Evidence evidence) {
        this.annotated = annotated;
        this.evidence = evidence;
    }

    String render(String contents) {
        Body body = annotated.post().body();
        body.contentsMark().ifPresent(mark -> replace(mark, new Beside(contents)));
        IdentityHashMap<Node, String> ids = new IdentityHashMap<>();
        body.sections().forEach(section -> title(section, ids));
        body.sections().stream().flatMap(section -> section.passages().stream()).forEach(this::annotate);
        body.document().accept(new Pictures());
        return HtmlRenderer.builder()
                .extensions(Post.extensions())
                .escapeHtml(true)
                .sanitizeUrls(true)
                .attributeProviderFactory(context -> (node, tag, attributes) -> {
                    String id = ids.get(node);
                    if (id != null) {
                        attributes.put("id", id);
                    }
                })
                .nodeRendererFactory(OursRenderer::new)
                .build()
                .render(body.document());
    }

    /** The title of the page is its only heading of level 1. */
    private static void title(Section section, IdentityHashMap<Node, String> ids) {
        Node node = section.titleNode();
        if (node instanceof Heading heading) {
            heading.setLevel(Math.clamp(section.level(), 2, DEEPEST_HEADING));
            ids.put(heading, section.anchor());
        } else if (node instanceof Paragraph) {
            Heading heading = new Heading();
            heading.setLevel(section.level());
            heading.appendChild(new Text(section.title()));
            replace(node, heading);
            ids.put(heading, section.anchor());
        }
    }

    private static void replace(Node old, Node fresh) {
        old.insertBefore(fresh);
        old.unlink();
    }

    private void annotate(Passage passage) {
        passage.markEach(sentence -> List.of(new Ours(" " + marks(annotated.annotation(sentence)))));
        Beside beside = new Beside(evidence(passage.sentences()));
        passage.node().insertBefore(beside);
        beside.appendChild(passage.node());
    }

    /** The sentences of the front matter's summary, which is no Markdown. */
    String tldr() {
        List<Sentence> sentences =
                annotated.post().sentences().stream().filter(Sentence::isTldr).toList();
        if (sentences.isEmpty()) {
            return "";
        }
        String text = sentences.stream()
                .map(sentence -> Html.escape(sentence.text()) + " " + marks(annotated.annotation(sentence)))
                .collect(Collectors.joining(" "));
        return "<div class=\"passage tldr\"><p>%s</p>\n%s</div>\n".formatted(text, evidence(sentences));
    }

    private String marks(Annotation annotation) {
        if (!annotation.asserts()) {
            return "";
        }
        Sentence sentence = annotation.sentence();
        List<Verdict.Part> parts = annotation.parts();
        String badges = parts.isEmpty()
                ? evidence.badge(Outcome.NOT_MEASURED, Strength.FOUND, "")
                : parts.stream()
                        .map(part -> evidence.badge(part.outcome(), part.strength(), part.label()))
                        .collect(Collectors.joining(" "));
        return "<span class=\"marks\" id=\"%1$s\"><a class=\"ref\" href=\"#evidence-%1$s\">%2$s</a> %3$s</span>"
                .formatted(sentence.id(), number(sentence), badges);
    }

    static String number(Sentence sentence) {
        return sentence.isTldr() ? "tl;dr" : sentence.sectionNumber() + "." + sentence.position();
    }

    private String evidence(List<Sentence> sentences) {
        String notes = sentences.stream()
                .map(annotated::annotation)
                .filter(Annotation::asserts)
                .map(this::note)
                .collect(Collectors.joining());
        return notes.isEmpty() ? "" : "<aside class=\"evidence\">\n" + notes + "</aside>\n";
    }

    private String note(Annotation annotation) {
        Sentence sentence = annotation.sentence();
        String claims = annotation.verdicts().stream().map(evidence::claim).collect(Collectors.joining());
        String unmatched = annotation.isUnmatched()
                ? "<p class=\"reason\">This asserts something, and no claim of the catalogue matches it.</p>"
                : "";
        return "<div class=\"note\" id=\"evidence-%1$s\"><a class=\"ref\" href=\"#%1$s\">%2$s</a>%3$s%4$s</div>\n"
                .formatted(sentence.id(), number(sentence), claims, unmatched);
    }

    /** A picture of a post would be fetched from somewhere: its name stands in its place. */
    private static final class Pictures extends AbstractVisitor {
        @Override
        public void visit(Image image) {
            StringBuilder name = new StringBuilder();
            image.accept(new AbstractVisitor() {
                @Override
                public void visit(Text text) {
                    name.append(text.getLiteral());
                }
            });
            replace(image, new Ours("<em>[picture: " + Html.escape(name.toString()) + "]</em>"));
        }
    }
}
