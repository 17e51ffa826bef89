package greenlet.lab.scenario.cpu;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.process.Cores;
import greenlet.lab.scenario.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sizes of both scenarios: as many workers as cores, one, and the powers of two between. */
final class WorkerCounts {
    static final String WORKERS = "workers";

    private WorkerCounts() {}

    static List<Size> ofThisMachine() {
        return upTo(
                Cores.allowed().map(Cores::count).orElse(Runtime.getRuntime().availableProcessors()));
    }

    /** The most telling first. */
    static List<Size> upTo(int cores) {
        List<Size> sizes = new ArrayList<>();
        sizes.add(Size.of(WORKERS, cores));
        for (int count = 1; count < cores; count *= 2) {
            sizes.add(Size.of(WORKERS, count));
        }
        return sizes;
    }

    static Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return mechanism instanceof Processes && size.get(WORKERS) > Processes.POOL_CAP
                ? Optional.of("a pool has at most " + Processes.POOL_CAP + " processes: each is a whole JVM")
                : Optional.empty();
    }

    /** Each worker gives three samples; what a single one makes varies least. */
    static int forks(Budget budget, Size size) {
        return budget == Budget.DEFAULT ? Math.min(size.get(WORKERS), 2) : budget.forks();
    }
}
