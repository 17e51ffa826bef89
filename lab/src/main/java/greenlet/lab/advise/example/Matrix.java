package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.scenario.cpu.KernelUnits;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Linear algebra: computing only, some tenths of a millisecond a call. */
public final class Matrix implements Workload {
    private final KernelUnits matrices = KernelUnits.matrices();
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder sum = new LongAdder();

    /**
     * Makes the matrices.
     *
     * @throws IOException never
     */
    public Matrix() throws IOException {}

    @Override
    public void call(int caller) {
        sum.add(Double.hashCode(matrices.run(next.getAndIncrement())));
    }

    @Override
    public long checksum() {
        return sum.sum();
    }
}
