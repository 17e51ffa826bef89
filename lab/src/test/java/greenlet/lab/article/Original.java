package greenlet.lab.article;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The article that the mission comes from. Its text is not ours to ship, so tests read it where it lies beside the repository: where it is
 * absent they are skipped, except where CI says that it must be there.
 */
public final class Original {
    /** A work tree of git may lie a folder deeper than the clone. */
    private static final int FOLDERS_ABOVE = 2;

    private Original() {}

    /** The article, parsed. */
    public static Post require() {
        Path root = Path.of(System.getProperty("greenlet.root", ".."))
                .toAbsolutePath()
                .normalize();
        Optional<Path> file = Stream.iterate(root.getParent(), Objects::nonNull, Path::getParent)
                .limit(FOLDERS_ABOVE)
                .map(above -> above.resolve("shared").resolve("article.md"))
                .filter(Files::exists)
                .findFirst();
        if (file.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail("The article is not at " + root.resolveSibling("shared/article.md")
                    + ". CI lays it there before the build.");
        }
        assumeTrue(
                file.isPresent(),
                "the article is not beside the repository (../shared/article.md): it is not ours to ship");
        return Post.read(file.orElseThrow());
    }
}
