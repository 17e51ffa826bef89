package greenlet.lab.cli;

import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.io.PrintStream;
import java.time.Duration;

/** Plain lines for a log: one when a round of workers starts, one for each failure. */
final class LineProgress implements Progress {
    private final PrintStream err;
    private String round = "";

    LineProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void onStart(Plan plan) {}

    @Override
    public void onWorker(Cell cell, int fork, int forks, Duration left) {
        String now = Wording.scenario(cell) + ", round " + fork + " of " + forks;
        if (!now.equals(round)) {
            round = now;
            err.println(now + " (" + Wording.minutes(left) + " left)");
        }
    }

    @Override
    public void onOutcome(Cell cell, Outcome outcome) {
        if (outcome instanceof Outcome.Failed(String reason)) {
            err.println(Wording.cell(cell) + " failed: " + reason);
        }
    }

    @Override
    public void onEnd() {}
}
