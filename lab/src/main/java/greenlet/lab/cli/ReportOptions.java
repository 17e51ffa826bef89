package greenlet.lab.cli;

import greenlet.lab.measure.Report;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report goes, what it is held against and how it is told: options of all that leave one. */
final class ReportOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Put the report there, not into greenlet-report/<time>. It must be new, empty, or hold a report.")
    private @Nullable Path out;

    @Option(
            names = "--against",
            paramLabel = "OLD.json",
            description = "Say what has changed since an earlier report.json.")
    private @Nullable Path against;

    @Option(names = "--details", description = "Print every figure with its interval, not the overview.")
    private boolean details;

    @Option(names = "--quiet", description = "No progress and no table: only the report.")
    private boolean quiet;

    /** The folder, made ready; with {@code resume} the latest one. */
    OutFolder folder(boolean resume) {
        return OutFolder.of(out, resume);
    }

    Optional<Report> earlier() {
        return Earlier.read(against);
    }

    boolean details() {
        return details;
    }

    boolean quiet() {
        return quiet;
    }
}
