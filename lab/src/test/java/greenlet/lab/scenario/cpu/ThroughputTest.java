package greenlet.lab.scenario.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Size;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    /** Notes which units were done, and by whom. */
    private static final class Noting implements Kernel {
        private final Queue<Integer> units = new ConcurrentLinkedQueue<>();
        private final Set<Thread> workers = ConcurrentHashMap.newKeySet();

        @Override
        public int itemsPerUnit() {
            return 1;
        }

        @Override
        public double run(int unit) {
            units.add(unit);
            workers.add(Thread.currentThread());
            return unit;
        }
    }

    @Test
    void threadTeam_doesEachUnitOnce() throws Exception {
        Noting kernel = new Noting();
        ThreadTeam team = new ThreadTeam(Thread.ofPlatform().factory(), 3, kernel);
        team.run(50);
        assertThat(kernel.units)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
        assertThat(team.results()).isEqualTo(49 * 50 / 2.0);
    }

    /** Nothing in a kernel blocks, so the first green thread keeps the hub until all is done. */
    @Test
    void greenletTeam_leavesAllUnitsToOneWorker() throws Exception {
        Noting kernel = new Noting();
        try (ThreadMechanism.Running running = new Greenlets().open()) {
            new ThreadTeam(running.threads(), 4, kernel).run(50);
        }
        assertThat(kernel.units).hasSize(50);
        assertThat(kernel.workers).hasSize(1);
    }

    @Test
    void processTeam_doesTheUnits_andTellsItsCpuTime() throws Exception {
        try (ProcessTeam team = ProcessTeam.start(2, KernelSource.SCIENCE, List.of("-Xmx64m"))) {
            assertThat(team.run(3)).isPositive();
            long first = team.leastCpuNanos();
            team.run(4);
            assertThat(team.leastCpuNanos()).isGreaterThan(first);
        }
    }

    /** Elimination without EJML: the product of the pivots. */
    @Test
    void scienceKernel_givesTheDeterminant() {
        ScienceKernel kernel = new ScienceKernel();
        double wanted = determinant(kernel.matrix(5).copy());
        assertThat(wanted).isNotZero();
        assertThat(kernel.run(5)).isCloseTo(wanted, within(1e-6 * Math.abs(wanted)));
    }

    private static double determinant(DMatrixRMaj a) {
        double product = 1;
        for (int pivot = 0; pivot < a.numRows; pivot++) {
            product *= a.get(pivot, pivot);
            for (int row = pivot + 1; row < a.numRows; row++) {
                double factor = a.get(row, pivot) / a.get(pivot, pivot);
                for (int column = pivot; column < a.numCols; column++) {
                    a.set(row, column, a.get(row, column) - factor * a.get(pivot, column));
                }
            }
        }
        return product;
    }

    @Test
    void fill_isAMultipleOfTheWorkers_thatTakesTheTimeWanted() {
        assertThat(Throughput.fill(10, 1_000, 3_000, 2)).isEqualTo(30);
        assertThat(Throughput.fill(2, 5_000_000, 1_000, 2)).isEqualTo(2);
        assertThat(Throughput.fill(9, 1_000, 1_000, 4) % 4).isZero();
    }

    @Test
    void sizes_beginWithAllCores() {
        assertThat(workers(1)).containsExactly(1);
        assertThat(workers(2)).containsExactly(2, 1);
        assertThat(workers(12)).containsExactly(12, 1, 2, 4, 8);
    }

    @Test
    void poolOfProcesses_isCapped() {
        Size nine = Size.of(WorkerCounts.WORKERS, Processes.POOL_CAP + 1);
        Size eight = Size.of(WorkerCounts.WORKERS, Processes.POOL_CAP);
        assertThat(new Science().notApplicable(new Processes(), nine)).isPresent();
        assertThat(new Video().notApplicable(new Processes(), eight)).isEmpty();
        assertThat(new Video().notApplicable(new Greenlets(), nine)).isEmpty();
        assertThat(WorkerCounts.forks(Budget.QUICK, eight)).isEqualTo(1);
    }

    private static List<Integer> workers(int cores) {
        return WorkerCounts.upTo(cores).stream()
                .map(size -> size.get(WorkerCounts.WORKERS))
                .collect(Collectors.toList());
    }
}
