package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each example is run, and {@code docs/examples.md} shows its code and prints what it prints. */
@Timeout(60)
class ExamplesTest {
    private static final String PAGE = "docs/examples.md";

    private static final Map<String, Body> EXAMPLES = Map.of(
            "TreeWalker", TreeWalker::run,
            "ProducerConsumer", ProducerConsumer::run,
            "BankSimulator", BankSimulator::run,
            "SaxIterator", SaxIterator::run,
            "GameLoop", GameLoop::run,
            "PrimeCluster", PrimeCluster::run);

    static final Set<String> NAMES = EXAMPLES.keySet();

    /** What an example does. */
    @FunctionalInterface
    interface Body {
        void run(Consumer<String> print) throws Exception;
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void run_ofEachExample_printsWhatThePageShows(String example) throws Exception {
        List<String> printed = new ArrayList<>();
        Objects.requireNonNull(EXAMPLES.get(example)).run(printed::add);

        assertThat(String.join("\n", printed)).isEqualTo(only(example, "text"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void page_ofEachExample_showsItsSource(String example) throws IOException {
        String source =
                Files.readString(Page.root().resolve("examples/src/main/java/greenlet/examples/" + example + ".java"));

        for (String part : only(example, "java").split("\n\n", -1)) {
            assertThat(withoutIndentation(source)).contains(withoutIndentation(part));
        }
    }

    @Test
    void page_hasNoExampleThatIsNotRun() throws IOException {
        List<String> headings =
                Page.blocks(PAGE, "text").stream().map(Page.Block::heading).toList();

        assertThat(headings).hasSameSizeAs(NAMES).doesNotHaveDuplicates();
    }

    private static String only(String example, String language) throws IOException {
        List<Page.Block> blocks = Page.blocks(PAGE, language).stream()
                .filter(block -> block.heading().contains("`" + example + "`"))
                .toList();
        assertThat(blocks).as("%s blocks of %s", language, example).hasSize(1);
        return blocks.getFirst().text();
    }

    private static String withoutIndentation(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
