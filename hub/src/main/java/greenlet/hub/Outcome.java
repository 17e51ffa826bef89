package greenlet.hub;

import greenlet.GreenletExit;
import org.jspecify.annotations.Nullable;

/**
 * How a green thread ended.
 *
 * <p>Immutable.
 *
 * @param <T> the type of its value
 */
public sealed interface Outcome<T extends @Nullable Object> {
    /**
     * The body returned.
     *
     * @param value what it returned
     * @param <T> the type of the value
     */
    record Returned<T extends @Nullable Object>(T value) implements Outcome<T> {}

    /**
     * The body threw.
     *
     * @param failure what it threw, the identical object; an {@link OutOfMemoryError} that says so if there was no memory left to keep it
     * @param <T> the type of the value it did not return
     */
    record Failed<T extends @Nullable Object>(Throwable failure) implements Outcome<T> {}

    /**
     * The green thread was killed, or ended itself with {@link GreenletExit}, or was cancelled before it ran.
     *
     * @param exit why
     * @param <T> the type of the value it did not return
     */
    record Exited<T extends @Nullable Object>(GreenletExit exit) implements Outcome<T> {}
}
