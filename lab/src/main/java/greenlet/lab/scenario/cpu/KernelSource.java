package greenlet.lab.scenario.cpu;

import java.io.IOException;

/** Which kernel: what a process of a pool is told by name. */
enum KernelSource {
    VIDEO {
        @Override
        Kernel open() throws IOException {
            return new VideoKernel(Footage.chosen());
        }
    },
    SCIENCE {
        @Override
        Kernel open() {
            return new ScienceKernel();
        }
    };

    /** Makes it, its data included. */
    abstract Kernel open() throws IOException;
}
