package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.fork.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A comparison that is cut off with Ctrl-C, and what it leaves to go on with. */
final class CutOff {
    private CutOff() {}

    /** SIGINT, as a terminal sends it; {@code Process.destroy} would be SIGTERM. */
    static void interrupt(Process process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits until so many workers are in the journal, or the process has ended. */
    static void awaitWorkers(int count, Process process, Path where) throws IOException {
        while (process.isAlive() && workers(where).size() < count) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** What the journal of the only report below a working directory says of the workers that have ended. */
    static List<String> workers(Path where) throws IOException {
        Path reports = where.resolve(OutFolder.DEFAULT);
        if (!Files.isDirectory(reports)) {
            return List.of();
        }
        List<Path> interrupted;
        try (Stream<Path> folders = Files.list(reports)) {
            interrupted = folders.filter(folder -> !folder.endsWith(OutFolder.LATEST))
                    .filter(folder -> Files.exists(folder.resolve(Journal.NAME)))
                    .toList();
        }
        if (interrupted.isEmpty()) {
            return List.of();
        }
        assertThat(interrupted).hasSize(1);
        List<String> lines = journal(interrupted.getFirst());
        return lines.subList(Math.min(1, lines.size()), lines.size());
    }

    /** The lines of the journal in a report's folder: its head, and one for each worker that has ended. */
    static List<String> journal(Path report) throws IOException {
        Path file = report.resolve(Journal.NAME);
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    }
}
