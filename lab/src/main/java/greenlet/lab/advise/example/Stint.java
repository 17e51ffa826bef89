package greenlet.lab.advise.example;

import greenlet.lab.scenario.cpu.KernelUnits;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Units of computing, dealt out one after another. What has been done so far is for the checksum alone: it is nothing that calls share, and in no
 * field of the task, so that processes can be measured too.
 *
 * <p>Safe for use from any thread.
 */
final class Stint {
    private final KernelUnits units;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder sum = new LongAdder();

    Stint(KernelUnits units) {
        this.units = units;
    }

    /** Computes the next unit; gives its result. */
    double next() {
        return units.run(next.getAndIncrement());
    }

    void add(long number) {
        sum.add(number);
    }

    long sum() {
        return sum.sum();
    }
}
