package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.scenario.cpu.KernelUnits;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Encoding video: computing only, some ten milliseconds a call. */
public final class Video implements Workload {
    private final KernelUnits pictures = KernelUnits.video();
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder sum = new LongAdder();

    /**
     * Generates the clip.
     *
     * @throws IOException if the user's own clip cannot be read
     */
    public Video() throws IOException {}

    @Override
    public void call(int caller) {
        sum.add((long) pictures.run(next.getAndIncrement()));
    }

    @Override
    public long checksum() {
        return sum.sum();
    }
}
