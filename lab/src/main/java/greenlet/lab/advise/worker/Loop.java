package greenlet.lab.advise.worker;

/**
 * How callers call while a level is measured.
 *
 * <p>Safe for use from any thread.
 */
interface Loop {
    /** The whole life of a caller. */
    void live(int caller);

    /** The callers are about to start: times run from now. */
    void onStart(long nowNanos);

    /** The calls that count have been made, or must be by now; waits so long at most. */
    void settle(long atMostNanos) throws InterruptedException;

    /** All end after the call that they are in. */
    void stop();
}
