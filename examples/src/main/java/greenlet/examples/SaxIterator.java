package greenlet.examples;

import greenlet.Generator;
import java.io.IOException;
import java.io.StringReader;
import java.util.function.Consumer;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A SAX parser calls you; here you call it. The parser runs in the generator and is suspended inside its own callback
 * until the next element is wanted. Stop early, and the rest of the document is never parsed; malformed XML throws the
 * parser's own exception out of the loop.
 */
public final class SaxIterator {
    /**
     * One start tag.
     *
     * @param name the element's name
     * @param id its {@code id} attribute, or an empty string
     */
    public record Tag(String name, String id) {}

    private SaxIterator() {}

    static Generator<Tag> tags(InputSource document) {
        return Generator.of(
                "tags",
                out -> SAXParserFactory.newDefaultInstance().newSAXParser().parse(document, new DefaultHandler() {
                    @Override
                    public void startElement(String uri, String localName, String name, Attributes attributes) {
                        String id = attributes.getValue("id");
                        out.yield(new Tag(name, id == null ? "" : id));
                    }
                }));
    }

    static void run(Consumer<String> print) throws ParserConfigurationException, IOException {
        String broken = "<shop><book id='1'/><book id='2'/><book></shop>";
        try (Generator<Tag> tags = tags(new InputSource(new StringReader(broken)))) {
            for (Tag tag : tags.mayThrow(SAXException.class)) {
                print.accept(tag.name() + " " + tag.id());
            }
        } catch (SAXException e) {
            print.accept("then: " + e.getMessage());
        }
        try (Generator<Tag> tags = tags(new InputSource(new StringReader(broken)))) {
            print.accept("first book: "
                    + tags.stream()
                            .filter(tag -> tag.name().equals("book"))
                            .findFirst()
                            .map(Tag::id)
                            .orElse("none"));
        } // the error further down has not been reached
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws ParserConfigurationException if this JDK has no SAX parser
     * @throws IOException never, the document is a string
     */
    public static void main(String[] args) throws ParserConfigurationException, IOException {
        run(System.out::println);
    }
}
