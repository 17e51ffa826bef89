package greenlet.lab.advise.worker;

import greenlet.lab.advise.Shape;
import greenlet.lab.advise.Way;
import greenlet.lab.scenario.cpu.Spin;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request of a given shape: half of the computing, the wait, the other half. Shared state is a map that each request changes: as it is on one
 * hub, where nothing can come between, under a lock elsewhere. The wait is a timer's: what a socket costs beside is not in it.
 */
final class SyntheticJob implements Job {
    private static final int KEYS = 512;

    private final Shape shape;
    private final long halfSteps;
    private final boolean locks;
    private final Lock lock = new ReentrantLock();
    private final Map<Integer, Long> shared = new HashMap<>();

    SyntheticJob(Shape shape, double stepsPerMicro, Way way) {
        this.shape = shape;
        halfSteps = Math.round(shape.cpuNanos() / 1e3 * stepsPerMicro / 2);
        locks = way.sharesStateAcrossCores();
    }

    @Override
    public String kind() {
        return "synthetic";
    }

    @Override
    public void call(int caller) throws InterruptedException {
        long value = Spin.steps(halfSteps, caller + 1L);
        if (shape.waitNanos() > 0) {
            Thread.sleep(java.time.Duration.ofNanos(shape.waitNanos()));
        }
        value = Spin.steps(halfSteps, value);
        if (shape.sharedState()) {
            change(Math.floorMod(value, KEYS));
        }
    }

    private void change(int key) {
        if (!locks) {
            shared.merge(key, 1L, Long::sum);
            return;
        }
        lock.lock();
        try {
            shared.merge(key, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SortedMap<String, Long> parts() {
        SortedMap<String, Long> parts = new TreeMap<>();
        if (shape.sharedState()) {
            parts.put(
                    "the sum over the shared map",
                    shared.values().stream().mapToLong(Long::longValue).sum());
        }
        return parts;
    }
}
