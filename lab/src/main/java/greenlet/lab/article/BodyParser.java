package greenlet.lab.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * Markdown to sections and sentences.
 *
 * <p>A title is a heading, or what posts write in its place: a single line of its own at the top level that ends with {@code :} or
 * {@code ?}, or stands wholly in bold, and is followed by a paragraph. Confined to one thread.
 */
final class BodyParser extends AbstractVisitor {
    static final Set<Extension> EXTENSIONS = Set.of(TablesExtension.create());

    /** Far beyond any prose, and far below what would overflow a stack. */
    private static final int NESTING = 64;

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(NESTING)
            .maxInlineNesting(NESTING)
            .build();
    private static final int TITLE_CHARS = 80;
    private static final String CONTENTS_MARK = "[TOC]";

    private final int linesBefore;
    private final List<Section> sections = new ArrayList<>();
    private List<Passage> passages = new ArrayList<>();
    private Section section = new Section(0, "", null, 2, passages);
    private int position;
    private @Nullable Paragraph contentsMark;

    private BodyParser(int linesBefore) {
        this.linesBefore = linesBefore;
    }

    /** Parses a body whose first line has {@code linesBefore} lines of the file before it. */
    static Body parse(String markdown, int linesBefore) {
        Document document = (Document) PARSER.parse(markdown);
        BodyParser parser = new BodyParser(linesBefore);
        parser.sections.add(parser.section);
        document.accept(parser);
        parser.sections.removeIf(part -> part.number() == 0 && part.passages().isEmpty());
        return new Body(document, List.copyOf(parser.sections), parser.contentsMark);
    }

    @Override
    public void visit(Heading heading) {
        begin(heading, heading.getLevel());
    }

    @Override
    public void visit(Paragraph paragraph) {
        InlineText inline = InlineText.of(paragraph);
        if (inline.text().strip().equals(CONTENTS_MARK)) {
            contentsMark = paragraph;
        } else if (announcesContents(paragraph)) {
            // The line above [TOC] is its caption, not a section.
        } else if (isTitle(paragraph, inline.text().strip())) {
            begin(paragraph, 2);
        } else {
            split(paragraph, inline);
        }
    }

    private void begin(Node title, int level) {
        String text = InlineText.of(title).text().strip();
        String bare = text.endsWith(":") ? text.substring(0, text.length() - 1).strip() : text;
        passages = new ArrayList<>();
        section = new Section(section.number() + 1, bare, title, level, passages);
        sections.add(section);
        position = 0;
    }

    private void split(Paragraph paragraph, InlineText inline) {
        Passage passage = new Passage(paragraph, inline);
        String text = inline.text();
        for (SentenceSplitter.Range range : SentenceSplitter.split(text)) {
            position++;
            String plain = squeeze(text.substring(range.begin(), range.end()));
            int line = lineOf(paragraph) + inline.linesBefore(range.begin());
            passage.add(new Sentence(section.title(), section.number(), position, line, plain), range.end());
        }
        passages.add(passage);
    }

    private int lineOf(Node node) {
        List<SourceSpan> spans = node.getSourceSpans();
        return linesBefore + (spans.isEmpty() ? 1 : spans.getFirst().getLineIndex() + 1);
    }

    static String squeeze(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static boolean announcesContents(Paragraph paragraph) {
        Node next = paragraph.getNext();
        return next instanceof Paragraph
                && isOneLine(paragraph)
                && InlineText.of(next).text().strip().equals(CONTENTS_MARK);
    }

    private static boolean isTitle(Paragraph paragraph, String text) {
        boolean marked = text.endsWith(":") || text.endsWith("?") || isWhollyBold(paragraph);
        return marked
                && text.length() <= TITLE_CHARS
                && isOneLine(paragraph)
                && paragraph.getParent() instanceof Document
                && paragraph.getNext() instanceof Paragraph;
    }

    private static boolean isOneLine(Paragraph paragraph) {
        return paragraph.getSourceSpans().size() == 1;
    }

    private static boolean isWhollyBold(Paragraph paragraph) {
        return paragraph.getFirstChild() instanceof StrongEmphasis bold && bold.getNext() == null;
    }
}
