package greenlet.lab.cli;

import greenlet.lab.fork.Outcome;
import greenlet.lab.fork.Progress;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.time.Duration;

/** Says nothing: {@code --quiet}. */
final class SilentProgress implements Progress {
    @Override
    public void onStart(Plan plan) {}

    @Override
    public void onWorker(Cell cell, int fork, int forks, Duration left) {}

    @Override
    public void onOutcome(Cell cell, Outcome outcome) {}

    @Override
    public void onEnd() {}
}
