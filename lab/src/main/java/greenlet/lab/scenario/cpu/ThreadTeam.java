package greenlet.lab.scenario.cpu;

import greenlet.lab.process.ProcessCpu;
import greenlet.lab.scenario.Crew;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;

/** Tasks of a mechanism; each takes the next unit when it is through with one. */
final class ThreadTeam implements Team {
    private final ThreadFactory threads;
    private final int workers;
    private final Kernel kernel;
    /** What the kernel computed, so that it had to. */
    private final DoubleAdder results = new DoubleAdder();

    ThreadTeam(ThreadFactory threads, int workers, Kernel kernel) {
        this.threads = threads;
        this.workers = workers;
        this.kernel = kernel;
    }

    @Override
    public long run(int units) throws Exception {
        AtomicInteger next = new AtomicInteger();
        return Crew.run(threads, workers, _ -> {
            for (int unit = next.getAndIncrement(); unit < units; unit = next.getAndIncrement()) {
                results.add(kernel.run(unit));
            }
        });
    }

    @Override
    public long leastCpuNanos() {
        return ProcessCpu.nanos();
    }

    double results() {
        return results.sum();
    }
}
