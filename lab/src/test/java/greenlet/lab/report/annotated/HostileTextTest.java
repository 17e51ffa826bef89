package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import greenlet.lab.article.FrontMatter;
import greenlet.lab.article.Post;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Proves that no text of a post, a report, a machine or a worker becomes anything but text in {@code report.html}, its SVG or
 * {@code report.md}: the browser's own tree is asked, not the source. That the tree would show a hole is proved with planted ones.
 */
class HostileTextTest {
    /** What ends elements, attributes, comments and sections, and what does something where it is obeyed. */
    private static final String HOSTILE = "</title></style></textarea></script><script>window.hacked=1</script>"
            + "<img src=x onerror=\"window.hacked=1\"><svg onload='window.hacked=1'></svg>]]>-->"
            + "<a href=\"javascript:window.hacked=1\">a</a><iframe srcdoc='<script>parent.hacked=1</script>'></iframe>"
            + "\" onmouseover=\"window.hacked=1\" x=\"' onfocus='window.hacked=1' autofocus x='"
            + " [b](javascript:window.hacked=1) ![c](javascript:window.hacked=1) <javascript:window.hacked=1>"
            + " `code` **bold** %s ${x} {{y}} &lt;script&gt; \\ | --- 'end'";

    /** Words of the same lengths: labels are broken into lines where they are long. */
    private static final String HARMLESS = HOSTILE.replaceAll("[^ ]", "w");

    /** Every element that the reports are made of, and those that Markdown has. */
    private static final String ELEMENTS =
            "html head meta title style body main header h1 h2 h3 h4 h5 h6 p span a section dl dt dd strong em article"
                    + " nav ul ol li div aside figure figcaption svg g line rect path text details summary code pre"
                    + " blockquote table thead tbody tr th td hr br";

    private static final String ATTRIBUTES =
            "lang charset name content http-equiv id class href role width height aria-label"
                    + " aria-hidden x y x1 x2 y1 y2 d overflow text-anchor start align rel title";

    /** Whatever of the tree is neither of these; links as the browser resolves them, not as they are written. */
    @SuppressWarnings("InlineFormatString") // a program of its own
    private static final String INTRUDERS = """
        ((elements, attributes) => {
          const found = [];
          for (const element of document.querySelectorAll('*')) {
            if (!elements.includes(element.localName)) found.push('element ' + element.localName);
            for (const attribute of element.attributes) {
              if (!attributes.includes(attribute.name)) {
                found.push('attribute ' + element.localName + ' ' + attribute.name);
              }
              if (['href', 'src', 'xlink:href'].includes(attribute.name)) {
                const protocol = new URL(attribute.value, document.baseURI).protocol;
                if (!['file:', 'https:', 'mailto:'].includes(protocol)) found.push('link ' + protocol);
              }
            }
          }
          if (window.hacked) found.push('a script ran');
          return found;
        })('%s'.split(' '), '%s'.split(' '))
        """;

    private static final String SKELETON =
            "[...document.querySelectorAll('*')].map(e => e.localName + '(' + [...e.attributes].map(a => a.name) +"
                    + " ')')";

    @TempDir
    static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Chromium.shared();
        write("report", HOSTILE, Post.standard());
        write("harmless", HARMLESS, Post.standard());
        write("post", HARMLESS, post(HOSTILE));
    }

    private static void write(String name, String text, Post post) throws IOException {
        AnnotatedReports.write(PlantedComparison.hostile(text), post, Files.createDirectories(folder.resolve(name)));
    }

    /** A post with a text in every place that Markdown and front matter have for one. */
    private static Post post(String text) {
        String quoted = JsonMapper.builder().build().writeValueAsString(text);
        return Post.parse("<script>post</script>.md", """
            ---
            title: %1$s
            authors: [%1$s]
            tags: [%1$s]
            tldr: %1$s
            created_at: %1$s
            %1$s: %1$s
            ---

            [TOC]

            ## Greenlets %2$s

            Greenlets are light %2$s.

            <script>window.hacked=1</script>

            <div onclick="window.hacked=1">%2$s</div>

            ```
            ``` <script>window.hacked=1</script>
            %2$s
            ```

            <pre>
            ````
            ```
            <script>window.hacked=1</script>
            </pre>

            Greenlets are light, `` %2$s ``, and [one](javascript:window.hacked=1), [two](JaVa\tScRiPt:window.hacked=1),
            [three](java&#115;cript:window.hacked=1), [four](<data:text/html,%2$s>), [five][ref], [six](vbscript:x),
            [seven](https://example.org/?%%22onclick=), <javascript:window.hacked=1>, ![eight](https://example.org/x.png)
            and ![nine](javascript:window.hacked=1).

            [ref]: javascript:window.hacked=1 "title"

            > - %2$s

            | %2$s | b |
            |---|---|
            | %2$s | [x](javascript:window.hacked=1) |
            """.formatted(quoted, text.replace("|", "")));
    }

    private static List<String> intruders(String elements, String attributes) {
        return browser.list(INTRUDERS.formatted(elements, attributes));
    }

    private static void show(Path page) {
        browser.show(page, 1280, "light");
    }

    private static Path html(String name) {
        return folder.resolve(name).resolve(AnnotatedReports.HTML);
    }

    @Test
    void page_ofAHostileReport_isMadeOfTheSameElementsAsThatOfAHarmlessOne() {
        show(html("harmless"));
        List<String> harmless = browser.list(SKELETON);
        show(html("report"));
        assertThat(browser.list(SKELETON)).hasSizeGreaterThan(300).isEqualTo(harmless);
        assertThat(intruders(ELEMENTS, ATTRIBUTES)).isEmpty();
        assertThat(browser.text("document.querySelector('#machine').textContent"))
                .contains(HOSTILE);
        assertThat(browser.text("document.querySelector('.plots svg title').closest('.plots').textContent"))
                .contains(HOSTILE);
    }

    @Test
    void page_ofAHostilePost_holdsNothingThatCameOfItsText() {
        show(html("post"));
        assertThat(intruders(ELEMENTS, ATTRIBUTES)).isEmpty();
        assertThat(browser.text("document.title")).isEqualTo(HOSTILE);
        assertThat(browser.text("document.querySelector('h1').textContent")).isEqualTo(HOSTILE);
        assertThat(browser.number("document.querySelectorAll('meta').length")).isEqualTo(5);
        assertThat(browser.number("document.querySelectorAll('style').length")).isEqualTo(1);
        assertThat(browser.list("[...document.querySelectorAll('#article a')].map(a => a.href)"
                        + ".filter(href => !href.startsWith('file:'))"))
                .containsExactly("https://example.org/?%22onclick=");
    }

    @Test
    void page_ofAHostilePost_asksForNothing() {
        show(html("post"));
        assertThat(browser.number("performance.getEntriesByType('resource').length"))
                .isZero();
        assertThat(browser.console()).isEmpty();
    }

    /** Published by the most trusting of renderers: raw HTML obeyed, every link taken as it is, no policy. */
    @Test
    void markdown_ofAHostileReportOrPost_obeysNothing() throws IOException {
        for (String name : List.of("report", "post")) {
            String markdown = Files.readString(folder.resolve(name).resolve(AnnotatedReports.MARKDOWN));
            String body = markdown.substring(markdown.indexOf("\n---\n") + 5);
            Parser parser = Parser.builder().extensions(Post.extensions()).build();
            String rendered = HtmlRenderer.builder()
                    .extensions(Post.extensions())
                    .escapeHtml(false)
                    .sanitizeUrls(false)
                    .build()
                    .render(parser.parse(body));
            Path page = folder.resolve(name).resolve("published.html");
            Files.writeString(page, "<!DOCTYPE html><html><head><title>t</title></head><body>" + rendered + "</body>");
            show(page);
            assertThat(intruders(ELEMENTS + " img", ATTRIBUTES + " src alt title"))
                    .as(name)
                    .isEmpty();
            assertThat(browser.text("document.body.textContent")).contains("window.hacked=1");
        }
    }

    @Test
    void frontMatter_ofAHostilePost_isCarriedOnToTheLetter() throws IOException {
        String markdown = Files.readString(folder.resolve("post").resolve(AnnotatedReports.MARKDOWN));
        FrontMatter front = Post.parse("report.md", markdown).front();
        assertThat(front.title()).isEqualTo(HOSTILE);
        assertThat(front.tags()).containsExactly(HOSTILE);
        assertThat(front.authors()).containsExactly(HOSTILE);
        assertThat(front.text(HOSTILE)).contains(HOSTILE);
        assertThat(front.tldr().orElseThrow()).startsWith(HOSTILE);
        assertThat(front.text("created_at")).contains("2026-11-01 07:00:00");
    }

    @Test
    void plantedHoles_areFound() throws IOException {
        String page = Files.readString(html("harmless"));
        Path open = folder.resolve("open.html");
        Files.writeString(
                open, page.replaceFirst("<meta http-equiv[^>]*>", "").replace("</main>", HOSTILE + "</main>"));
        show(open);
        assertThat(intruders(ELEMENTS, ATTRIBUTES))
                .contains(
                        "element script",
                        "element img",
                        "element iframe",
                        "attribute img onerror",
                        "attribute svg onload",
                        "attribute iframe srcdoc",
                        "link javascript:",
                        "a script ran");
    }

    /** Should a hole be found one day, this is what still stands before the network. */
    @Test
    void policy_keepsThePageFromTheNetworkAndFromScripts() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            show(html("harmless"));
            assertThat(ask(address)).isEqualTo("refused");
            assertThat(asked).hasValue(0);
            assertThat(browser.text("(e => { e.textContent = 'window.hacked = 1'; document.body.append(e);"
                            + " return window.hacked; })(document.createElement('script'))"))
                    .isEqualTo("null");
            Path open = folder.resolve("unguarded.html");
            Files.writeString(open, Files.readString(html("harmless")).replaceFirst("<meta http-equiv[^>]*>", ""));
            show(open);
            assertThat(ask(address)).isEqualTo("answered");
            assertThat(asked).hasPositiveValue();
        } finally {
            server.stop(0);
        }
    }

    /** Asks by fetch and by a picture; a picture's answer of no content is an error too, so only the server tells. */
    private static String ask(String address) {
        return browser.answer("""
            const [address, done] = arguments;
            const picture = new Promise(resolve => {
              const image = new Image();
              image.onload = image.onerror = resolve;
              image.src = address + 'picture';
            });
            const fetched = fetch(address, {mode: 'no-cors'}).then(() => 'answered', () => 'refused');
            Promise.all([fetched, picture]).then(([answer]) => done(answer));
            """, address);
    }
}
