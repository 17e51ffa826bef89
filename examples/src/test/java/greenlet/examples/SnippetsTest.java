package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide's snippets compile and do what they say; those in the Javadoc of {@code core} compile. */
@Timeout(120)
class SnippetsTest {
    private static final Pattern JAVADOC_SNIPPET =
            Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* }</pre>", Pattern.DOTALL);

    private static final String BEFORE = """
        import greenlet.*;
        import greenlet.hub.*;
        import java.io.*;
        import java.time.Duration;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.concurrent.atomic.*;
        import java.util.concurrent.locks.*;
        class NAME {
            record Node(String name, List<Node> children) {}
            static final Node root = new Node("root", List.of());
            static void check(boolean holds) {
                if (!holds) throw new AssertionError("not so");
            }
        """;

    private static final String BEFORE_ON_A_HUB = """
        import com.sun.net.httpserver.HttpServer;
        import greenlet.hub.*;
        import java.io.*;
        import java.net.*;
        import java.net.http.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.stream.*;
        class NAME {
            static void check(boolean holds) {
                if (!holds) throw new AssertionError("not so");
            }
        """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"docs/greenlets.md, 6", "docs/seeing.md, 2"})
    void guide_eachSnippet_compilesAndHolds(String page, int atLeast) throws Exception {
        List<String> names = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        for (Page.Block block : Page.blocks(page, "java")) {
            String name = "Guide" + names.size();
            names.add(name);
            sources.add(write(name, "static void run() throws Throwable {\n" + block.text() + "\n}"));
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(atLeast);
        compile(sources);

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (String name : names) {
                run(loader, name);
            }
        }
    }

    @Test
    void groupsAndServers_eachSnippet_compilesAndHoldsOnAHub() throws Exception {
        List<String> names = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        for (Page.Block block : Page.blocks("docs/groups-and-servers.md", "java")) {
            String name = "Servers" + names.size();
            names.add(name);
            String method =
                    "static void run() throws Throwable {\nHub.<Throwable>run(() -> {\n" + block.text() + "\n});\n}";
            sources.add(write(BEFORE_ON_A_HUB, name, method));
        }
        assertThat(names).hasSizeGreaterThan(8);
        compile(sources);

        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (String name : names) {
                run(loader, name);
            }
        }
    }

    @Test
    void javadoc_eachSnippetOfCore_compiles() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(Page.root().resolve("core/src/main/java/greenlet"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher snippets = JAVADOC_SNIPPET.matcher(Files.readString(file));
                while (snippets.find()) {
                    sources.add(write("Javadoc" + sources.size(), membersAndStatements(snippets.group(1))));
                }
            }
        }

        assertThat(sources).hasSizeGreaterThanOrEqualTo(3);
        compile(sources);
    }

    /** A snippet's paragraphs that begin with {@code static} are members, the others statements. */
    private static String membersAndStatements(String javadoc) {
        String text = javadoc.replaceAll("(?m)^ \\* ?", "");
        StringBuilder members = new StringBuilder();
        StringBuilder statements = new StringBuilder();
        for (String paragraph : text.split("\n\n", -1)) {
            (paragraph.startsWith("static ") ? members : statements)
                    .append(paragraph)
                    .append('\n');
        }
        return members + "static void run() throws Throwable {\n" + statements + "\n}";
    }

    private Path write(String name, String members) throws IOException {
        return write(BEFORE, name, members);
    }

    private Path write(String before, String name, String members) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), before.replace("NAME", name) + members + "\n}\n");
    }

    private void compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(
                ToolProvider.getSystemJavaCompiler(), "the tests run on a JDK, which has a compiler");
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", folder.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as("%s", said).isTrue();
        }
    }

    private static void run(ClassLoader loader, String name) throws Exception {
        var method = loader.loadClass(name).getDeclaredMethod("run");
        method.setAccessible(true);
        try {
            method.invoke(null);
        } catch (InvocationTargetException e) {
            throw new AssertionError("snippet " + name + " of the guide does not hold", e.getCause());
        }
    }
}
