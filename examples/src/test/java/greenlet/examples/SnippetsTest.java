package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each Java block of each page compiles and does what it says. */
@Timeout(120)
class SnippetsTest {
    /** How the blocks of a page are run. */
    private enum Setting {
        /** As the body of a method. */
        METHOD("static void run() throws Throwable {\n%s\n}"),
        /** As what a hub runs. */
        ON_A_HUB("static void run() throws Throwable {\nHub.<Throwable>run(() -> {\n%s\n});\n}"),
        /** As parts of a class that {@link ExamplesTest} finds in the sources and runs. */
        OF_AN_EXAMPLE(""),
        /** As files of the project that {@link GettingStartedTest} builds. */
        OF_A_PROJECT("");

        private final String around;

        Setting(String around) {
            this.around = around;
        }
    }

    /** Every page with Java on it. */
    private static final Map<String, Setting> PAGES = Map.ofEntries(
            Map.entry("README.md", Setting.METHOD),
            Map.entry("docs/coming-from-gevent.md", Setting.ON_A_HUB),
            Map.entry("docs/coming-from-kotlin.md", Setting.ON_A_HUB),
            Map.entry("docs/coming-from-virtual-threads.md", Setting.METHOD),
            Map.entry("docs/examples.md", Setting.OF_AN_EXAMPLE),
            Map.entry("docs/getting-started.md", Setting.OF_A_PROJECT),
            Map.entry("docs/greenlets.md", Setting.METHOD),
            Map.entry("docs/groups-and-servers.md", Setting.ON_A_HUB),
            Map.entry("docs/hub.md", Setting.METHOD),
            Map.entry("docs/seeing.md", Setting.METHOD),
            Map.entry("docs/switch-points.md", Setting.ON_A_HUB));

    /** What else stands between fences. Getting started's Maven, Gradle and Docker blocks are {@link GettingStartedTest}'s. */
    private static final Set<String> OTHER_LANGUAGES = Set.of("", "java", "json", "sh", "text");

    private static final Set<String> LANGUAGES_OF_A_PROJECT = Set.of("dockerfile", "groovy", "xml");

    @TempDir
    private Path folder;

    static List<String> pagesToRun() {
        return PAGES.entrySet().stream()
                .filter(page -> !page.getValue().around.isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Test
    void pages_withJavaOnThem_areAllListed() throws IOException {
        Set<String> found = new TreeSet<>();
        for (String page : Page.all()) {
            if (!Page.blocks(page, "java").isEmpty()) {
                found.add(page);
            }
        }

        assertThat(found).isEqualTo(PAGES.keySet());
    }

    @Test
    void blocks_ofEachPage_areOfLanguagesThatSomebodyChecks() throws IOException {
        for (String page : Page.all()) {
            Set<String> languages =
                    Page.of(page).blocks().stream().map(Page.Block::language).collect(Collectors.toSet());
            if (page.equals("docs/getting-started.md")) {
                languages.removeAll(LANGUAGES_OF_A_PROJECT);
            }
            assertThat(languages).as(page).isSubsetOf(OTHER_LANGUAGES);
        }
    }

    @ParameterizedTest
    @MethodSource("pagesToRun")
    void page_eachJavaBlock_compilesAndHolds(String page) throws Exception {
        Setting setting = Objects.requireNonNull(PAGES.get(page));
        List<String> names = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        for (Page.Block block : Page.blocks(page, "java")) {
            String name = "Snippet" + names.size();
            names.add(name);
            sources.add(Snippet.write(folder, name, setting.around.replace("%s", block.text())));
        }
        Javac.compile(folder, sources, System.getProperty("java.class.path"));

        Snippet.run(folder, names, page);
    }
}
