package greenlet.lab.scenario.cpu;

import java.io.IOException;
import java.time.Duration;

/** Which kernel: what a process of a pool is told by name. */
enum KernelSource {
    VIDEO(Duration.ofMillis(1200)) {
        @Override
        Kernel open() throws IOException {
            return new VideoKernel(Footage.chosen());
        }
    },
    SCIENCE(Duration.ofMillis(400)) {
        @Override
        Kernel open() {
            return new ScienceKernel();
        }
    };

    private final Duration warmUp;

    KernelSource(Duration warmUp) {
        this.warmUp = warmUp;
    }

    /**
     * How much a JVM has to compute until it is fast: in CPU time, not wall time. On a busy machine, or with one worker of several, the
     * same wall time would leave more of the code interpreted.
     */
    Duration warmUp() {
        return warmUp;
    }

    /** Makes it, its data included. */
    abstract Kernel open() throws IOException;
}
