package greenlet.lab.mechanism;

import greenlet.lab.mechanism.python.PythonMechanism;
import java.util.List;
import java.util.Optional;

/**
 * The mechanisms that {@code compare} knows, in the order of its tables: a new one is a line here.
 *
 * <p>Immutable.
 */
public final class Mechanisms {
    private static final List<Mechanism> ALL = List.of(
            new Greenlets(),
            new GreenletsPerCore(),
            new VirtualThreads(),
            new PlatformThreads(),
            new Processes(),
            PythonMechanism.greenlets(),
            PythonMechanism.gevent(),
            PythonMechanism.threads(),
            PythonMechanism.processes());

    private Mechanisms() {}

    /** {@return every mechanism} Not a switch point. */
    public static List<Mechanism> all() {
        return ALL;
    }

    /**
     * Finds a mechanism. Not a switch point.
     *
     * @param name its name
     * @return the mechanism, or nothing if none has that name
     */
    public static Optional<Mechanism> named(String name) {
        return ALL.stream().filter(mechanism -> mechanism.name().equals(name)).findFirst();
    }
}
