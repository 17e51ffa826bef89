package greenlet.lab.mechanism;

/**
 * Processes of the operating system. Each scenario says which program they run: a process per task, or a pool forked beforehand and
 * capped at {@link #POOL_CAP}.
 *
 * <p>Immutable.
 */
public final class Processes implements Mechanism {
    /** The most processes in a pool: each is a JVM, and more of them would measure the machine's memory. */
    public static final int POOL_CAP = 8;

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public String about() {
        return "a process per task for create, a pool of at most " + POOL_CAP + " JVMs elsewhere";
    }
}
