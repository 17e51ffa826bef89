package greenlet.lab.fork;

import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import java.time.Duration;

/**
 * Told how a comparison goes on. All calls come from the thread that runs it.
 *
 * <p>Confined to the thread that runs the comparison.
 */
public interface Progress {
    /**
     * The comparison starts. Not a switch point.
     *
     * @param plan what it will do
     */
    void onStart(Plan plan);

    /**
     * A worker starts. Not a switch point.
     *
     * @param cell what it measures
     * @param fork which of the cell's workers it is, from 1
     * @param forks how many the cell has
     * @param left how long all will still take
     */
    void onWorker(Cell cell, int fork, int forks, Duration left);

    /**
     * A worker has ended. Not a switch point.
     *
     * @param cell what it measured
     * @param outcome how it ended
     */
    void onOutcome(Cell cell, Outcome outcome);

    /** The comparison has ended, one way or another. Not a switch point. */
    void onEnd();
}
