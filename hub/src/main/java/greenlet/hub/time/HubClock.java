package greenlet.hub.time;

/**
 * The only clock that a hub reads. Production is {@link SystemClock}; a simulator brings a virtual one.
 *
 * <p>Safe for use from any thread.
 */
public interface HubClock {
    /**
     * Elapsed time from an arbitrary origin, comparable by difference only.
     *
     * @return nanoseconds
     */
    long nanos();
}
