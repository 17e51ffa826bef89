package greenlet.lab.fork;

import greenlet.lab.measure.PlainText;
import greenlet.lab.process.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a worker, listens to it, and sees to it that it ends.
 *
 * <p>Confined to the thread that made it.
 */
final class WorkerProcess {
    private static final int SIGNAL_BASE = 128;
    private static final int INTERRUPTED = SIGNAL_BASE + 2;
    private static final int TERMINATED = SIGNAL_BASE + 15;
    /** What {@code -XX:+ExitOnOutOfMemoryError} ends a JVM with. */
    private static final int OUT_OF_MEMORY = 3;

    /** On a busy machine a reader may be late by seconds. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final int REMEMBERED_ERROR_LINES = 20;

    private final Stop stop;
    private final List<SampleLine> lines = Collections.synchronizedList(new ArrayList<>());
    private final Deque<String> lastErrors = new ArrayDeque<>();

    WorkerProcess(Stop stop) {
        this.stop = stop;
    }

    /** Runs a worker to its end, or ends it at the limit. */
    Outcome run(List<String> command, Duration limit) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException refused) {
            return new Outcome.Failed("could not be started: " + refused.getMessage());
        }
        stop.watch(process);
        try {
            Thread out = listen("worker-out", process.inputReader(), this::onLine);
            Thread err = listen("worker-err", process.errorReader(), this::onError);
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended) {
                ProcessTree.kill(process.toHandle());
                process.waitFor();
            }
            // The worker kills its children before it ends; should one survive and hold the pipe, what was said so far
            // counts.
            out.join(DRAIN);
            err.join(MOMENT);
            return ended ? outcome(process.exitValue()) : onTimeout(limit);
        } finally {
            ProcessTree.kill(process.toHandle());
            stop.watch(null);
        }
    }

    private Outcome onTimeout(Duration limit) {
        return stop.isRequested()
                ? new Outcome.Interrupted()
                : new Outcome.Failed("did not end within " + limit.toSeconds() + " s and was ended");
    }

    private Outcome outcome(int exit) throws InterruptedException {
        boolean bySignal = exit == INTERRUPTED || exit == TERMINATED;
        if (stop.isRequested() || (bySignal && stop.waitRequested(MOMENT))) {
            return new Outcome.Interrupted();
        }
        List<SampleLine> said = List.copyOf(lines);
        for (SampleLine line : said) {
            switch (line) {
                case SampleLine.NotApplicable(String reason) -> {
                    return new Outcome.NotApplicable(reason);
                }
                case SampleLine.Failed(String reason) -> {
                    return new Outcome.Failed(reason);
                }
                case SampleLine.Sample _, SampleLine.Remark _, SampleLine.Without _, SampleLine.Done _ -> {}
            }
        }
        boolean complete = said.contains(new SampleLine.Done());
        return complete && exit == 0 ? new Outcome.Measured(said) : new Outcome.Failed(reasonFor(exit));
    }

    private String reasonFor(int exit) {
        String last;
        synchronized (lastErrors) {
            last = lastErrors.stream()
                    .filter(line -> line.contains("OutOfMemoryError"))
                    .findFirst()
                    .orElse(lastErrors.isEmpty() ? "" : lastErrors.getLast());
        }
        String said = last.isBlank() ? "" : ": " + PlainText.of(last.strip());
        if (exit == OUT_OF_MEMORY && said.contains("OutOfMemoryError")) {
            return "ran out of memory" + said;
        }
        if (exit > SIGNAL_BASE) {
            return "crashed with signal " + (exit - SIGNAL_BASE) + said;
        }
        return exit == 0 ? "ended before it had measured all" + said : "ended with exit code " + exit + said;
    }

    private void onLine(String line) {
        SampleLine.parse(line).ifPresentOrElse(lines::add, () -> onError(line));
    }

    private void onError(String line) {
        synchronized (lastErrors) {
            if (lastErrors.size() == REMEMBERED_ERROR_LINES) {
                lastErrors.removeFirst();
            }
            lastErrors.addLast(line);
        }
    }

    private interface Listener {
        void hear(String line);
    }

    private static Thread listen(String name, BufferedReader from, Listener listener) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            try (from) {
                from.lines().forEach(listener::hear);
            } catch (IOException | UncheckedIOException ended) {
                // The pipe broke with the worker; its exit code tells the rest.
            }
        });
    }
}
