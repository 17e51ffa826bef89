package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.scenario.cpu.KernelUnits;
import java.io.IOException;

/** Encoding video: computing only, some ten milliseconds a call. */
public final class Video implements Workload {
    private final Stint stint = new Stint(KernelUnits.video());

    /**
     * Generates the clip.
     *
     * @throws IOException if the user's own clip cannot be read
     */
    public Video() throws IOException {}

    @Override
    public void call(int caller) {
        stint.add((long) stint.next());
    }

    @Override
    public long checksum() {
        return stint.sum();
    }
}
