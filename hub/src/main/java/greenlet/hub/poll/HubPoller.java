package greenlet.hub.poll;

/**
 * What a hub does when nothing is ready: it waits, here, for input, for time to pass or to be woken.
 *
 * <p>Confined to its hub's carrier thread, but for {@link #wakeUp}. The order of calls around a wait is
 * {@link #prepareToWait}, then the hub publishes that it is idle and looks at its remote queue once more, then
 * {@link #await}: whoever sees the hub idle therefore sees what {@code prepareToWait} wrote.
 */
public interface HubPoller {
    /** A wait without an end. */
    long FOREVER = Long.MAX_VALUE;

    /** Decides how the coming wait can be ended. */
    void prepareToWait();

    /**
     * Waits until input arrives, {@link #wakeUp} is called or the time is up; may return early for no reason.
     *
     * @param nanos how long at most, in nanoseconds, positive; {@link #FOREVER} without limit
     */
    void await(long nanos);

    /** Ends the current or the coming {@link #await}. Safe for use from any thread; neither locks nor allocates. */
    void wakeUp();

    /**
     * Whether anything waits for input, so that {@link #pollNow} is worth a system call.
     *
     * @return true if so
     */
    boolean hasPending();

    /** Makes ready whatever has input, without waiting. */
    void pollNow();

    /** Releases what the poller holds. */
    void close();
}
