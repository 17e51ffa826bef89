package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.scenario.cpu.KernelUnits;
import java.io.IOException;

/** Linear algebra: computing only, some tenths of a millisecond a call. */
public final class Matrix implements Workload {
    private final Stint stint = new Stint(KernelUnits.matrices());

    /**
     * Makes the matrices.
     *
     * @throws IOException never
     */
    public Matrix() throws IOException {}

    @Override
    public void call(int caller) {
        stint.add(Double.hashCode(stint.next()));
    }

    @Override
    public long checksum() {
        return stint.sum();
    }
}
