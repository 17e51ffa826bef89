package greenlet.hub;

/**
 * What a green thread runs: may block, return a value and throw anything.
 *
 * @param <T> the type of its value
 * @param <X> what it may throw; {@link RuntimeException} if nothing checked
 */
@FunctionalInterface
public interface Body<T extends @org.jspecify.annotations.Nullable Object, X extends Throwable> {
    /**
     * Does the work.
     *
     * @return the value
     * @throws X if it fails
     */
    T run() throws X;
}
