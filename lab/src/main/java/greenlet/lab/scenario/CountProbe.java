package greenlet.lab.scenario;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.ProcessMemory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Makes suspended tasks until they hold a given amount of memory, the system refuses one more, or a cap is reached; says which. */
final class CountProbe {
    /** More threads than this can exhaust what a shared machine allows all its users together. */
    static final int PLATFORM_CAP = 20_000;

    private static final int CHEAP_CAP = 1_000_000;
    private static final int BATCHES = 100;

    private final Mechanism mechanism;
    private final int depth;
    private final long limitBytes;
    private final Samples samples;

    CountProbe(Mechanism mechanism, int depth, long limitBytes, Samples samples) {
        this.mechanism = mechanism;
        this.depth = depth;
        this.limitBytes = (long) (limitBytes * Math.min(1, Pace.factor()));
        this.samples = samples;
    }

    void run() throws Exception {
        if (mechanism instanceof ThreadMechanism threads) {
            countThreads(threads);
        } else {
            countProcesses();
        }
    }

    private void countThreads(ThreadMechanism threads) throws Exception {
        int cap = mechanism instanceof PlatformThreads ? PLATFORM_CAP : CHEAP_CAP;
        int batch = cap / BATCHES;
        Deque<SuspendedThreads> held = new ArrayDeque<>();
        try (ThreadMechanism.Running running = threads.open()) {
            SuspendedThreads.start(running.threads(), batch, depth).release();
            Footprint before = Footprint.now();
            int count = 0;
            String end = "stopped at the cap of " + cap + ": more would fit";
            while (count < cap) {
                try {
                    held.push(SuspendedThreads.start(running.threads(), batch, depth));
                } catch (OutOfMemoryError refused) {
                    end = "the system refused one more: " + refused.getMessage();
                    break;
                }
                count += batch;
                if (isFull(before)) {
                    end = "";
                    break;
                }
            }
            report(count, end);
            while (!held.isEmpty()) {
                held.pop().release();
            }
        }
    }

    /** Exact looks are dear with so many stacks: one is taken only when a glance says that it may be too much. */
    private boolean isFull(Footprint before) throws IOException {
        long outside = ProcessMemory.glance(ProcessHandle.current().pid()) - before.outsideBytes();
        boolean maybe = Footprint.heapUsed() - before.heapBytes() + Math.max(0, outside) >= limitBytes;
        return maybe && Footprint.now().since(before).residentBytes() >= limitBytes;
    }

    private void countProcesses() throws IOException {
        try (SuspendedProcesses all = new SuspendedProcesses()) {
            do {
                all.start(depth);
                all.awaitArrivals();
            } while (all.residentBytes() < limitBytes);
            report(all.size(), "");
        }
    }

    private void report(int count, String end) {
        samples.add(Memory.COUNT.name(), count);
        if (!end.isEmpty()) {
            samples.remark(Memory.COUNT.name(), end);
        }
    }
}
