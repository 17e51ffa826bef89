package greenlet.lab.scenario.cpu;

import java.io.IOException;

/**
 * The units of work that the scenarios video and science spread over workers, for those who measure them in another way.
 *
 * <p>Safe for use from any thread.
 */
public final class KernelUnits {
    private final Kernel kernel;

    private KernelUnits(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * H.264 encoding: a unit is a group of pictures. May block on file I/O.
     *
     * @return the units, with the clip that is generated or the user's own
     * @throws IOException if the user's clip cannot be read
     */
    public static KernelUnits video() throws IOException {
        return new KernelUnits(KernelSource.VIDEO.open());
    }

    /**
     * LU decompositions: a unit is a matrix. Not a switch point.
     *
     * @return the units
     * @throws IOException never
     */
    public static KernelUnits matrices() throws IOException {
        return new KernelUnits(KernelSource.SCIENCE.open());
    }

    /**
     * Does one. Not a switch point.
     *
     * @param unit which
     * @return something that depends on all that was computed, the same for the same unit
     */
    public double run(int unit) {
        return kernel.run(unit);
    }
}
