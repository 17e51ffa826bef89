package greenlet.lab.scenario.server;

/**
 * What a request has done on its behalf between being read and being answered.
 *
 * <p>Safe for use from any thread.
 */
@FunctionalInterface
public interface RequestWork {
    /** Nothing: the server answers at once. */
    RequestWork NONE = () -> {};

    /**
     * Computes, waits, or both. A switch point if it waits.
     *
     * @throws InterruptedException if the task is to end
     */
    void perform() throws InterruptedException;
}
