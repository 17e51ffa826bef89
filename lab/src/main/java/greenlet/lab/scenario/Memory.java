package greenlet.lab.scenario;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a suspended task holds at several stack depths, and how many exist within a fixed amount of memory.
 *
 * <p>Immutable.
 */
public final class Memory implements Scenario {
    static final Metric COUNT = Metric.higher("count", "1", "suspended tasks within this much memory");

    /** How much memory the tasks of the {@code count} probe may hold. */
    static final int PROBE_BYTES = 256 << 20;

    private static final Metric HEAP = Metric.lower("heap", "bytes", "live heap per suspended task");
    private static final Metric RESIDENT = Metric.lower("resident", "bytes", "memory in use per suspended task");
    private static final Metric RESERVED = Metric.lower("reserved", "bytes", "address space per suspended task");
    private static final String DEPTH = "depth";
    private static final String WITHIN = "withinBytes";
    private static final int CHEAP_TASKS = 20_000;
    private static final int PLATFORM_THREADS = 1_000;
    private static final int PROCESSES = 4;
    private static final int WARM_UPS = 4;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "what a suspended task holds, and how many can exist";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        Size middle = Size.of(DEPTH, 10);
        Size count = Size.of(DEPTH, 10).and(WITHIN, PROBE_BYTES);
        return switch (budget) {
            case QUICK -> List.of(middle);
            case DEFAULT, THOROUGH -> List.of(middle, count, Size.of(DEPTH, 100), Size.of(DEPTH, 1));
        };
    }

    @Override
    public List<Metric> metrics(Size size) {
        return size.has(WITHIN) ? List.of(COUNT) : List.of(RESIDENT, HEAP, RESERVED);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        if (size.has(WITHIN)) {
            return Duration.ofMillis(
                    switch (mechanism) {
                        case Processes _ -> 1_700;
                        // The system takes longer from thread to thread, and there are up to 20,000.
                        case PlatformThreads _ -> 12_000;
                        default -> 4_300;
                    });
        }
        return Duration.ofMillis(mechanism instanceof Processes ? 1050 : 1300);
    }

    @Override
    public int forks(Budget budget, Size size) {
        // What a task holds hardly differs from one worker to the next, and how many fit is the same seen from the
        // other side.
        return switch (budget) {
            case QUICK -> 1;
            case DEFAULT -> size.has(WITHIN) ? 1 : 2;
            case THOROUGH -> budget.forks();
        };
    }

    @Override
    public List<String> jvmFlags(Size size) {
        // Touched beforehand, the heap's pages are resident all along: see Footprint.
        return List.of("-XX:+UseSerialGC", "-Xms640m", "-Xmx640m", "-XX:+AlwaysPreTouch");
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        int depth = size.get(DEPTH);
        if (size.has(WITHIN)) {
            new CountProbe(mechanism, depth, size.get(WITHIN), samples).run();
        } else if (mechanism instanceof ThreadMechanism threads) {
            measureThreads(threads, depth, samples);
        } else {
            measureProcesses(depth, samples);
        }
    }

    private static void measureThreads(ThreadMechanism mechanism, int depth, Samples samples) throws Exception {
        int tasks = Pace.of(mechanism instanceof PlatformThreads ? PLATFORM_THREADS : CHEAP_TASKS);
        try (ThreadMechanism.Running running = mechanism.open()) {
            for (int i = 0; i < WARM_UPS; i++) {
                // Only to have the code compiled: interpreted frames are several times larger.
                SuspendedThreads.start(running.threads(), tasks / 4 + 1, depth).release();
            }
            Footprint before = Footprint.now();
            SuspendedThreads suspended = SuspendedThreads.start(running.threads(), tasks, depth);
            Footprint held = Footprint.now().since(before);
            suspended.release();
            samples.add(HEAP.name(), Math.max(0, held.heapBytes()) / (double) tasks);
            samples.add(RESIDENT.name(), Math.max(0, held.residentBytes()) / (double) tasks);
            samples.add(RESERVED.name(), Math.max(0, held.reservedBytes()) / (double) tasks);
        }
    }

    private static void measureProcesses(int depth, Samples samples) throws IOException {
        try (SuspendedProcesses all = new SuspendedProcesses()) {
            IntStream.range(0, PROCESSES).forEach(_ -> all.start(depth));
            all.awaitArrivals();
            samples.add(HEAP.name(), all.heapBytes() / (double) PROCESSES);
            samples.add(RESIDENT.name(), all.residentBytes() / (double) PROCESSES);
            samples.add(RESERVED.name(), all.reservedBytes() / (double) PROCESSES);
        }
    }
}
