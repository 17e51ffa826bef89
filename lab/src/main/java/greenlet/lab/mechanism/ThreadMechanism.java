package greenlet.lab.mechanism;

import java.util.concurrent.ThreadFactory;

/**
 * A mechanism whose tasks are {@link Thread}s of the worker's JVM, so that every scenario runs the same blocking code on each of them.
 *
 * <p>Immutable.
 */
public non-sealed interface ThreadMechanism extends Mechanism {
    /**
     * Gets ready to run tasks; called in the worker's JVM. Not a switch point.
     *
     * @return what makes the threads; the caller closes it
     */
    Running open();

    /**
     * A mechanism at work.
     *
     * <p>Safe for use from any thread.
     */
    interface Running extends AutoCloseable {
        /** {@return the factory of its threads} Not a switch point. */
        ThreadFactory threads();

        /** Ends it; the threads made are expected to have ended. May block until they have. */
        @Override
        default void close() {}
    }
}
