package greenlet.lab.cli;

import greenlet.lab.article.BrokenPostException;
import greenlet.lab.article.Post;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.report.annotated.AnnotatedReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code --article}: the post that is read before anything is measured, and the reports that it becomes. Immutable. */
final class Annotating {
    private Annotating() {}

    /** The post to annotate: the user's, or the one within the program. */
    static Post post(@Nullable Path file) {
        try {
            return file == null ? Post.standard() : Post.read(file);
        } catch (BrokenPostException broken) {
            throw new Refusal(String.valueOf(broken.getMessage()));
        }
    }

    /** When the first comparison of this report began: one in the same folder, else the latest beside it, counts as an earlier edition. */
    static Instant firstRun(OutFolder folder, Instant started) {
        Path latest = folder.path().resolveSibling(OutFolder.LATEST);
        List<Path> earlier = folder.isTimed() ? List.of(latest) : List.of(folder.path());
        return earlier.stream()
                .map(place -> place.resolve(ReportFile.NAME))
                .filter(Files::isRegularFile)
                .flatMap(Annotating::created)
                .findFirst()
                .orElse(started);
    }

    private static Stream<Instant> created(Path file) {
        try {
            return Stream.of(ReportFile.read(file).createdAt());
        } catch (IOException unreadable) {
            // An earlier report that cannot be read is replaced; this run is then the first.
            return Stream.empty();
        }
    }

    /** Writes the annotated reports; tells what is missing in them. */
    static Optional<String> write(Report report, Post post, OutFolder folder) throws IOException {
        for (String name : AnnotatedReports.NAMES) {
            // Announced first, so that a second comparison may replace it.
            folder.announce(name);
        }
        return AnnotatedReports.write(report, post, folder.path()).problem();
    }
}
