package greenlet.lab.scenario.cpu;

/**
 * Work for a processor, cut into units that do not depend on each other.
 *
 * <p>Safe for use from any thread.
 */
interface Kernel {
    /** How many things, such as frames, one unit makes. */
    int itemsPerUnit();

    /** Does one unit; gives something that depends on all that it computed. */
    double run(int unit);
}
