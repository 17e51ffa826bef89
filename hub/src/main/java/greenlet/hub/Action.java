package greenlet.hub;

/**
 * What a green thread runs if it has no value to return: may block and throw anything.
 *
 * @param <X> what it may throw; {@link RuntimeException} if nothing checked
 */
@FunctionalInterface
public interface Action<X extends Throwable> {
    /**
     * Does the work.
     *
     * @throws X if it fails
     */
    void run() throws X;
}
