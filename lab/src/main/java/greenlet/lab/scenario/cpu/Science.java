package greenlet.lab.scenario.cpu;

import java.util.List;

/**
 * LU decompositions of dense matrices by EJML, with one worker up to one a core.
 *
 * <p>Immutable.
 */
public final class Science extends Spread {
    /** Makes the scenario. */
    public Science() {
        super(KernelSource.SCIENCE, 1, "LU decompositions a second");
    }

    @Override
    public String name() {
        return "science";
    }

    @Override
    public String about() {
        return "a numerical kernel (LU decomposition, EJML) spread over workers";
    }

    @Override
    List<String> processFlags() {
        return List.of("-XX:+UseSerialGC", "-Xmx64m");
    }
}
