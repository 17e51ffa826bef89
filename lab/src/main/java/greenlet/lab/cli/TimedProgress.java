package greenlet.lab.cli;

import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/**
 * Notes beside what another one tells how long each worker took and was planned to take, a line each: what the estimates are calibrated with.
 */
final class TimedProgress implements Progress {
    /** The system property that names the file; it is appended to. */
    static final String PROPERTY = "greenlet.lab.timings";

    private final Progress shown;
    private final Path file;
    private long startNanos;

    private TimedProgress(Progress shown, Path file) {
        this.shown = shown;
        this.file = file;
    }

    /** That progress itself, unless the property asks for more. */
    static Progress around(Progress shown) {
        String file = System.getProperty(PROPERTY);
        return file == null ? shown : new TimedProgress(shown, Path.of(file));
    }

    @Override
    public void onStart(Plan plan) {
        shown.onStart(plan);
    }

    @Override
    public void onWorker(Cell cell, int fork, int forks, Duration left) {
        shown.onWorker(cell, fork, forks, left);
        startNanos = System.nanoTime();
    }

    @Override
    public void onOutcome(Cell cell, Outcome outcome) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        note(String.format(
                Locale.ROOT,
                "%s\t%s\t%s\t%d\t%d%n",
                cell.scenario().name(),
                Wording.size(cell.size().parameters()),
                cell.mechanism().name(),
                cell.cost().toMillis(),
                took.toMillis()));
        shown.onOutcome(cell, outcome);
    }

    private void note(String line) {
        try {
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException refused) {
            throw new UncheckedIOException(
                    "Cannot note times in '" + file + "' (-D" + PROPERTY + "): name a file that can be written.",
                    refused);
        }
    }

    @Override
    public void onEnd() {
        shown.onEnd();
    }
}
