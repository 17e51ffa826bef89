package greenlet.lab.advise;

import static greenlet.lab.advise.PlantedFindings.MIB;
import static greenlet.lab.advise.PlantedFindings.WAITING;
import static greenlet.lab.advise.PlantedFindings.code;
import static greenlet.lab.advise.PlantedFindings.rising;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Way.class)
    void recipe_compiles(Way way) {
        Findings ofCode = code(WAITING, rising(Way.GREENLETS, 50, 100, 8, 60 * MIB));
        Findings ofNumbers = PlantedFindings.of(
                PlantedFindings.numbers(10, false, 0), PlantedFindings.demand(null, null), WAITING, List.of());
        assertCompiles(Recipes.of(way, 64, ofCode));
        assertCompiles(Recipes.of(way, 64, ofNumbers));
    }

    /** It is printed to users: the page must be there, and under its heading the flag. */
    @Test
    void noteOfAHub_namesThePageAndTheHeadingWithTheFlag() throws Exception {
        Findings ofCode = code(WAITING, rising(Way.GREENLETS, 50, 100, 8, 60 * MIB));
        Matcher note = Pattern.compile("the flag (\\S+ \\S+) \\((docs/\\S+\\.md)#(\\S+)\\)")
                .matcher(Recipes.of(Way.GREENLETS, 64, ofCode).note());
        assertThat(note.find()).isTrue();
        assertThat(note.group(2)).isEqualTo("docs/getting-started.md");
        String page = Files.readString(Path.of(System.getProperty("greenlet.root", ".."), note.group(2)));
        String heading = note.group(3).replace('-', ' ');
        assertThat(page.toLowerCase(Locale.ROOT)).contains("\n## " + heading + "\n");
        assertThat(page.substring(page.toLowerCase(Locale.ROOT).indexOf("## " + heading)))
                .contains(note.group(1));
    }

    private void assertCompiles(Advice.Recipe recipe) {
        String text = "class Snippet { void handle(java.net.Socket s) {}"
                + " void snippet(java.util.List<Runnable> tasks, int port) throws Exception {\n" + recipe.code() + "}}";
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(source))
                .call();
        assertThat(compiled).as(said + text).isTrue();
    }
}
