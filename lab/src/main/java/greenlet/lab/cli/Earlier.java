package greenlet.lab.cli;

import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report that {@code --against} names, read before anything is measured. */
final class Earlier {
    private Earlier() {}

    static Optional<Report> read(@Nullable Path file) {
        if (file == null) {
            return Optional.empty();
        }
        // The folder of a report is what its last line printed, so that is taken too.
        Path json = Files.isDirectory(file) ? file.resolve(ReportFile.NAME) : file;
        if (!Files.isRegularFile(json)) {
            throw new Refusal("Cannot compare against '" + json
                    + "': there is no such file. Name a report.json, for instance greenlet-report/latest/report.json.");
        }
        try {
            return Optional.of(ReportFile.read(json));
        } catch (IOException unreadable) {
            throw new Refusal(String.valueOf(unreadable.getMessage()));
        }
    }
}
