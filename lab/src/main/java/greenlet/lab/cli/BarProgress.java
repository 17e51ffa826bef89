package greenlet.lab.cli;

import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with what runs and the time left, for a person at a terminal. It measures planned time, so that it moves evenly. */
final class BarProgress implements Progress {
    private static final int UPDATE_MILLIS = 250;

    private final PrintStream err;
    private final int width;
    /** Shown when the bar is gone: printing beside it would tear it. */
    private final List<String> failures = new ArrayList<>();
    /** Read by the bar's own thread. */
    private volatile Duration left = Duration.ZERO;

    private @Nullable ProgressBar bar;

    BarProgress(PrintStream err, int width) {
        this.err = err;
        this.width = width;
    }

    @Override
    public void onStart(Plan plan) {
        left = plan.estimate();
        bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(Math.max(1, plan.estimate().toMillis()))
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, width))
                .setEtaFunction(_ -> Optional.of(left))
                .setRenderer((state, length) -> BarLine.render(
                        state.getNormalizedProgress(), left, String.valueOf(state.getExtraMessage()), length))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void onWorker(Cell cell, int fork, int forks, Duration timeLeft) {
        left = timeLeft;
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
