package greenlet.host;

import greenlet.Greenlet;

/** What an interpreter decides for all its threads. Called from any thread; its methods must not switch. */
public interface HostPolicy {
    /**
     * Tells whether an exception ends a greenlet quietly, as {@link greenlet.GreenletExit} always does: it is returned to
     * the parent instead of thrown there. Asked only when one leaves a body or meets a dead greenlet.
     *
     * @param thrown the exception
     * @return true to return it
     */
    default boolean isExit(Throwable thrown) {
        return false;
    }

    /**
     * Takes an exception that nobody can be given: one that a greenlet threw while it was unwound because nothing
     * referred to it any more or its thread ended. The default hands it to the thread's uncaught-exception handler.
     *
     * @param dead the greenlet that threw it
     * @param thrown the exception
     */
    default void unraisable(Greenlet dead, Throwable thrown) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
}
