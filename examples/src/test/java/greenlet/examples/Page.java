package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page of the documentation, as the fenced blocks that it is made of and the lines between them. */
final class Page {
    private static final String FENCE = "```";
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "greenlet-report", "greenlet-advice");

    /**
     * One fenced block.
     *
     * @param heading the last heading above it
     * @param language what stands behind the fence
     * @param text the lines between the fences
     */
    record Block(String heading, String language, String text) {}

    private final List<Block> blocks = new ArrayList<>();
    private final List<String> prose = new ArrayList<>();

    private Page(String page) throws IOException {
        List<String> inside = new ArrayList<>();
        String heading = "";
        String open = null;
        for (String line : Files.readAllLines(root().resolve(page))) {
            boolean fence = line.startsWith(FENCE);
            assertThat(fence || !line.strip().startsWith(FENCE))
                    .as("%s has an indented fence, which no test would find: %s", page, line)
                    .isTrue();
            if (open != null && line.equals(FENCE)) {
                blocks.add(new Block(heading, open, String.join("\n", inside)));
                inside.clear();
                open = null;
            } else if (open != null) {
                inside.add(line);
            } else if (fence) {
                open = line.substring(FENCE.length());
            } else {
                heading = line.startsWith("#") ? line : heading;
                prose.add(line);
            }
        }
        assertThat(open).as("an unclosed fence in %s", page).isNull();
    }

    static Path root() {
        return Path.of(System.getProperty("greenlet.root", "..")).toAbsolutePath();
    }

    static Page of(String page) throws IOException {
        return new Page(page);
    }

    static List<Block> blocks(String page, String language) throws IOException {
        return of(page).blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The text of the only block of a language under a heading. */
    static String only(String page, String language, String heading) throws IOException {
        List<String> texts = blocks(page, language).stream()
                .filter(block -> block.heading().equals(heading))
                .map(Block::text)
                .toList();
        assertThat(texts).as("%s blocks under %s", language, heading).hasSize(1);
        return texts.getFirst();
    }

    /** A file of the repository. */
    static String text(String file) throws IOException {
        return Files.readString(root().resolve(file));
    }

    /** All pages of the repository, by their paths in it. */
    static List<String> all() throws IOException {
        List<String> pages = new ArrayList<>();
        Path root = root();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(name(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (name(file).endsWith(".md")) {
                    pages.add(root.relativize(file).toString());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        pages.sort(null);
        return pages;
    }

    private static String name(@Nullable Path path) {
        return path == null || path.getFileName() == null
                ? ""
                : path.getFileName().toString();
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The lines outside of fenced blocks. */
    List<String> prose() {
        return prose;
    }
}
