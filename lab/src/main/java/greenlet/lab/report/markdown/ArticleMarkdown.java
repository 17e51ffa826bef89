package greenlet.lab.report.markdown;

import greenlet.lab.article.Body;
import greenlet.lab.article.Passage;
import greenlet.lab.article.Post;
import greenlet.lab.article.Section;
import greenlet.lab.article.Sentence;
import greenlet.lab.claim.AnnotatedPost;
import greenlet.lab.claim.Annotation;
import greenlet.lab.claim.Answer;
import greenlet.lab.claim.Figure;
import greenlet.lab.claim.Outcome;
import greenlet.lab.claim.Strength;
import greenlet.lab.claim.Verdict;
import greenlet.lab.report.plot.Evidences;
import greenlet.lab.report.plot.Plots;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.UrlSanitizer;
import org.commonmark.renderer.markdown.MarkdownRenderer;

/** The body of a post as Markdown again: verdicts behind its sentences, the figures below its paragraphs. Confined to one thread. */
final class ArticleMarkdown {
    private final AnnotatedPost annotated;
    private final Set<String> plots;

    ArticleMarkdown(AnnotatedPost annotated, Set<String> plots) {
        this.annotated = annotated;
        this.plots = plots;
    }

    String render() {
        Body body = annotated.post().body();
        // HTML of the post first: what is put in below is ours.
        body.document().accept(new Disarming());
        body.sections().forEach(ArticleMarkdown::title);
        body.sections().stream().flatMap(section -> section.passages().stream()).forEach(this::annotate);
        // As plain text its brackets would be escaped, and the mark would no longer be one.
        body.contentsMark().ifPresent(mark -> replace(mark, raw("[TOC]")));
        tldr(body);
        return MarkdownRenderer.builder().extensions(Post.extensions()).build().render(body.document());
    }

    private static HtmlBlock raw(String text) {
        HtmlBlock block = new HtmlBlock();
        block.setLiteral(text);
        return block;
    }

    /** A paragraph that serves as a title becomes one: {@code [TOC]} looks for headings. */
    private static void title(Section section) {
        if (section.titleNode() instanceof Paragraph paragraph) {
            Heading heading = new Heading();
            heading.setLevel(section.level());
            heading.appendChild(new Text(section.title()));
            replace(paragraph, heading);
        }
    }

    private void tldr(Body body) {
        List<Sentence> sentences =
                annotated.post().sentences().stream().filter(Sentence::isTldr).toList();
        BulletList list = evidence(sentences);
        if (list.getFirstChild() != null) {
            Paragraph summary = new Paragraph();
            for (Sentence sentence : sentences) {
                summary.appendChild(new Text(sentence.text()));
                marks(annotated.annotation(sentence)).forEach(summary::appendChild);
                summary.appendChild(new Text(" "));
            }
            body.document().prependChild(list);
            body.document().prependChild(summary);
        }
    }

    private void annotate(Passage passage) {
        passage.markEach(sentence -> marks(annotated.annotation(sentence)));
        BulletList list = evidence(passage.sentences());
        if (list.getFirstChild() != null) {
            passage.node().insertAfter(list);
        }
    }

    private static List<Node> marks(Annotation annotation) {
        if (!annotation.asserts()) {
            return List.of();
        }
        List<Verdict.Part> parts = annotation.parts();
        String words = parts.isEmpty()
                ? MarkdownReport.words(Outcome.NOT_MEASURED, Strength.FOUND)
                : parts.stream()
                        .map(part -> part.label() + ": " + MarkdownReport.words(part.outcome(), part.strength()))
                        .collect(Collectors.joining("; "));
        StrongEmphasis strong = new StrongEmphasis("**");
        strong.appendChild(new Text("[" + number(annotation.sentence()) + " " + words + "]"));
        return List.of(new Text(" "), strong);
    }

    private static String number(Sentence sentence) {
        return sentence.isTldr() ? "tl;dr" : sentence.sectionNumber() + "." + sentence.position();
    }

    private BulletList evidence(List<Sentence> sentences) {
        BulletList list = new BulletList();
        list.setTight(true);
        for (Sentence sentence : sentences) {
            Annotation annotation = annotated.annotation(sentence);
            if (annotation.isUnmatched()) {
                list.appendChild(
                        item(List.of(new Text(number(sentence) + ": no claim of the catalogue matches this."))));
            }
            for (Verdict verdict : annotation.verdicts()) {
                list.appendChild(item(claim(sentence, verdict)));
            }
        }
        return list;
    }

    private static ListItem item(List<Node> nodes) {
        ListItem item = new ListItem();
        Paragraph paragraph = new Paragraph();
        nodes.forEach(paragraph::appendChild);
        item.appendChild(paragraph);
        return item;
    }

    private List<Node> claim(Sentence sentence, Verdict verdict) {
        String kind = verdict.claim().kind().label();
        String how = verdict.claim()
                .shownBy()
                .map(name -> kind + ", ./greenlet example " + name)
                .orElse(kind);
        List<Node> nodes = new ArrayList<>();
        nodes.add(new Text(
                "%s: %s (%s)".formatted(number(sentence), verdict.claim().statement(), how)));
        for (Verdict.Part part : verdict.parts()) {
            nodes.add(new Text(
                    " %s: %s: ".formatted(part.label(), MarkdownReport.words(part.outcome(), part.strength()))));
            for (Answer answer : verdict.answers(part)) {
                nodes.add(plot(answer));
                nodes.add(new Text(" " + Evidences.words(answer) + "; "));
            }
        }
        return nodes;
    }

    private Node plot(Answer answer) {
        Figure figure = answer.question().measure().figure();
        String id = Plots.id(figure.scenario(), figure.name());
        Text name = new Text(figure.scenario() + " " + figure.name());
        if (!plots.contains(id)) {
            return name;
        }
        Link link = new Link("#" + id, null);
        link.appendChild(name);
        return link;
    }

    private static void replace(Node old, Node fresh) {
        old.insertBefore(fresh);
        old.unlink();
    }

    /**
     * Raw HTML and links with a script in them would be the post's, in a page of whoever publishes this: they are shown, not obeyed.
     */
    private static final class Disarming extends AbstractVisitor {
        /** Allows http, https, mailto and what has no scheme, as the page's renderer does. */
        private final UrlSanitizer known = new DefaultUrlSanitizer();

        @Override
        public void visit(HtmlInline html) {
            replace(html, new Code(html.getLiteral()));
        }

        @Override
        public void visit(HtmlBlock html) {
            FencedCodeBlock code = new FencedCodeBlock();
            code.setFenceCharacter("`");
            code.setInfo("html");
            code.setLiteral(html.getLiteral() + "\n");
            replace(html, code);
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (known.sanitizeLinkUrl(link.getDestination()).isEmpty()) {
                dissolve(link);
            }
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            if (known.sanitizeImageUrl(image.getDestination()).isEmpty()) {
                dissolve(image);
            }
        }

        /** What it is called stays. */
        private static void dissolve(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
                node.insertBefore(child);
            }
            node.unlink();
        }
    }
}
