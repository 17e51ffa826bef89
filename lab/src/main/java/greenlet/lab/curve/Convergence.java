package greenlet.lab.curve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Judges a warm-up: it is over when the medians of the last few windows agree, that is when the greatest of them is at most a tolerance above
 * the least. A window is a few slices, whose median stands for it, so that one disturbed slice does not decide. A series that still falls
 * by more than the tolerance over these windows has not converged, however little each differs from the one before; one that stays
 * disturbed meets the limit and is told as such.
 *
 * <p>Confined to the thread that made it.
 */
final class Convergence {
    /** How many windows must agree. */
    static final int WINDOWS = 3;

    /** Slices of a window. */
    static final int SLICES = 3;

    /** How far the greatest may be above the least. */
    static final double TOLERANCE = 0.10;

    /** After so many windows it is given up. */
    static final int MOST_WINDOWS = 15;

    private final List<Double> slices = new ArrayList<>();
    private final Deque<Double> last = new ArrayDeque<>();
    private int windows;

    /** Takes the figure of one slice, positive. */
    void add(double figure) {
        slices.add(figure);
        if (slices.size() < SLICES) {
            return;
        }
        last.add(slices.stream().sorted().toList().get(SLICES / 2));
        slices.clear();
        windows++;
        if (last.size() > WINDOWS) {
            last.remove();
        }
    }

    /** The whole windows so far. */
    int windows() {
        return windows;
    }

    boolean isConverged() {
        return slices.isEmpty() && last.size() == WINDOWS && spread() <= TOLERANCE;
    }

    /** Converged or given up. */
    boolean isOver() {
        return isConverged() || windows >= MOST_WINDOWS;
    }

    /** How far the greatest of the last windows is above the least, as a share. */
    double spread() {
        double least = last.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double most = last.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return most / least - 1;
    }
}
