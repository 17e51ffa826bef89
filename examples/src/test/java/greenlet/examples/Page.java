package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page of the documentation, as the fenced blocks that it is made of. */
final class Page {
    private static final String FENCE = "```";

    /**
     * One fenced block.
     *
     * @param heading the last heading above it
     * @param language what stands behind the fence
     * @param text the lines between the fences
     */
    record Block(String heading, String language, String text) {}

    private Page() {}

    static Path root() {
        return Path.of(System.getProperty("greenlet.root", "..")).toAbsolutePath();
    }

    static List<Block> blocks(String page, String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        String heading = "";
        String open = null;
        for (String line : Files.readAllLines(root().resolve(page))) {
            if (open == null && line.startsWith("#")) {
                heading = line;
            } else if (open == null && line.startsWith(FENCE)) {
                open = line.substring(FENCE.length());
            } else if (open != null && line.equals(FENCE)) {
                blocks.add(new Block(heading, open, String.join("\n", inside)));
                inside.clear();
                open = null;
            } else if (open != null) {
                inside.add(line);
            }
        }
        assertThat(open).as("an unclosed fence in %s", page).isNull();
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }
}
