package greenlet.lab.cli;

import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A bar with what runs and the time left, for a person at a terminal. It measures planned time, so that it moves evenly. */
final class BarProgress implements Progress {
    private static final int UPDATE_MILLIS = 250;

    private final PrintStream err;
    private final int columns;
    /** Shown when the bar is gone: printing beside it would tear it. */
    private final List<String> failures = new ArrayList<>();
    /** Read by the bar's own thread, which shows it run down until it is told anew. */
    private volatile Left left = new Left(Duration.ZERO, System.nanoTime());

    private record Left(Duration told, long whenNanos) {
        static Left of(Duration told) {
            return new Left(told, System.nanoTime());
        }

        Duration now() {
            Duration rest = told.minusNanos(System.nanoTime() - whenNanos);
            return rest.isNegative() ? Duration.ZERO : rest;
        }
    }

    private @Nullable ProgressBar bar;

    BarProgress(PrintStream err, int columns) {
        this.err = err;
        this.columns = columns;
    }

    @Override
    public void onStart(Plan plan) {
        left = Left.of(plan.estimate());
        BarLine line = BarLine.in(err.charset());
        bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(Math.max(1, plan.estimate().toMillis()))
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .continuousUpdate()
                .setConsumer(new BarConsole(err, columns))
                .setRenderer((state, length) -> line.render(
                        state.getNormalizedProgress(), left.now(), String.valueOf(state.getExtraMessage()), length))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void onWorker(Cell cell, int fork, int forks, Duration timeLeft) {
        left = Left.of(timeLeft);
        if (bar != null) {
            bar.setExtraMessage(Wording.cell(cell) + " " + fork + "/" + forks);
        }
    }

    @Override
    public void onOutcome(Cell cell, Outcome outcome) {
        if (outcome instanceof Outcome.Failed(String reason)) {
            failures.add(Wording.cell(cell) + " failed: " + reason);
        }
        if (bar != null) {
            bar.stepBy(cell.cost().toMillis());
        }
    }

    @Override
    public void onEnd() {
        if (bar != null) {
            bar.close();
        }
        failures.forEach(err::println);
    }
}
