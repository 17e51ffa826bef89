package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each snippet in the Javadoc of {@code core}, {@code hub} and {@code lab} compiles and runs, among what it takes for granted. */
@Timeout(120)
class JavadocSnippetsTest {
    /** Where one begins that is Java: the other kind, of a command line, says so by its first word. */
    private static final Pattern BEGINNING = Pattern.compile("(?:\\{@snippet :|<pre>\\{@code)\\n(?! \\* java )");

    private static final String METHOD = "static void run() throws Throwable {\n%s\n}";
    private static final String ON_A_HUB =
            "static void run() throws Throwable {\nHub.<Throwable>run(() -> {\n%s\n});\n}";

    /** A snippet that returns something. */
    private static final String VALUE_ON_A_HUB =
            "static void run() throws Throwable {\nHub.<Object, Throwable>run(() -> {\n%s\n});\n}";

    /**
     * What is around a class's snippet: members of a class with {@code %s} where the snippet goes, and {@code run()}. A class that is not
     * here is refused, so that nobody forgets.
     */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("Greenlet", METHOD),
            Map.entry("Coroutine", METHOD),
            Map.entry("Generator", METHOD),
            Map.entry(
                    "HubBuilder",
                    "interface Listening { void accept(); } static final Listening server = () -> {};" + METHOD),
            Map.entry("Connection", """
                record Request(int first) { static Request read(InputStream in) throws IOException { return new Request(in.read()); } }
                record Answer(int first) { void writeTo(OutputStream out) throws IOException { out.write(first); } }
                static Answer answer(Request request) { return new Answer(request.first()); }
                """ + METHOD),
            Map.entry("HubDump", ON_A_HUB.replace("%s", """
                Hub hub = Hub.current();
                Path file = Files.createTempFile("dump", ".json");
                %s
                Files.delete(file);\
                """)),
            Map.entry("Confined", "record Session() {}" + ON_A_HUB.replace("%s", """
                Hub hub = Hub.current();
                String id = "id";
                Session session = new Session();
                %s\
                """)),
            Map.entry("Group", VALUE_ON_A_HUB),
            Map.entry("NoSwitch", ON_A_HUB.replace("%s", """
                Map<String, Integer> accounts = new HashMap<>();
                String from = "a", to = "b";
                int amount = 1;
                %s
                check(accounts.equals(Map.of("a", -1, "b", 1)));\
                """)),
            Map.entry("HubSet", """
                static final ConnectionHandler handler = connection -> {};
                static final CountDownLatch shutdown = new CountDownLatch(0);
                """ + METHOD),
            Map.entry("GreenThread", "static void log(Object outcome) {}" + ON_A_HUB.replace("%s", """
                Hub hub = Hub.current();
                URI uri = URI.create("http://a/");
                %s
                check(body.equals("body"));\
                """)),
            Map.entry("Watch", METHOD.replace("%s", "%s hub.close();")),
            Map.entry("Pool", """
                record Job() {}
                static final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of(new Job(), new Job(), "no more"));
                static void work(Job job) throws InterruptedException { Thread.sleep(1); }
                """ + ON_A_HUB),
            Map.entry("Timeout", """
                static final String unknown = "unknown", server = "server";
                static String ask(String whom) throws InterruptedException { Thread.sleep(1); return whom; }
                """ + VALUE_ON_A_HUB),
            Map.entry("Hubs", """
                static void serve(String[] args) {}
                %s
                static void run() { main(new String[0]); }
                """),
            Map.entry("Hub", METHOD),
            Map.entry("StreamServer", ON_A_HUB),
            Map.entry("Workload", """
                static %s
                static void run() throws Throwable {
                    Lookup lookup = new Lookup();
                    lookup.call(1);
                    check(lookup.checksum() == 1);
                }
                """));

    @TempDir
    private Path folder;

    /** The snippet of each class that has one, by the class's simple name. */
    private static Map<String, String> snippets() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String module : List.of("core", "hub", "lab")) {
            try (Stream<Path> files = Files.walk(Page.root().resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    String source = Files.readString(file);
                    Matcher beginning = BEGINNING.matcher(source);
                    while (beginning.find()) {
                        String text = untilItsEnd(source, beginning.end());
                        assertThat(found.put(name, text.replaceAll("(?m)^ \\* ?", "")))
                                .as("a second snippet of " + file)
                                .isNull();
                    }
                }
            }
        }
        return found;
    }

    /** A tag ends with the brace that closes the one it began with. */
    private static String untilItsEnd(String source, int from) {
        int open = 1;
        int at = from;
        while (open > 0) {
            char next = source.charAt(at++);
            open += next == '{' ? 1 : next == '}' ? -1 : 0;
        }
        return source.substring(from, source.lastIndexOf('\n', at - 1));
    }

    static Set<String> classesWithSnippets() throws IOException {
        return snippets().keySet();
    }

    @Test
    void settings_areThoseOfTheClassesWithSnippets() throws IOException {
        assertThat(new TreeSet<>(SETTINGS.keySet())).isEqualTo(classesWithSnippets());
    }

    @ParameterizedTest
    @MethodSource("classesWithSnippets")
    void snippet_compilesAndRuns(String name) throws Exception {
        String snippet = Objects.requireNonNull(snippets().get(name));
        String setting = Objects.requireNonNull(SETTINGS.get(name), "add what is around it to SETTINGS");

        Snippet.compileAndRun(folder, name + "Snippet", members(setting, onAnyPort(snippet)), name);
    }

    /** A machine may use the port that a snippet names. */
    private static String onAnyPort(String snippet) {
        return snippet.replaceAll("\\.port\\(\\d+\\)", ".port(0)");
    }

    /** A snippet's paragraphs that begin with {@code static} are members, the others go where the setting says. */
    private static String members(String setting, String snippet) {
        StringBuilder members = new StringBuilder();
        StringBuilder statements = new StringBuilder();
        for (String paragraph : snippet.split("\n\n", -1)) {
            (paragraph.startsWith("static ") ? members : statements)
                    .append(paragraph)
                    .append("\n\n");
        }
        return members + setting.replace("%s", statements);
    }
}
