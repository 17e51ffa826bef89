package greenlet.hub.watch;

/**
 * Decides from samples when a hub has been idle with nothing pending for too long, and says so once each time it comes to that.
 *
 * <p>Confined to one thread.
 */
public final class IdleWatch {
    private static final long NEVER = -1;

    private final long limitNanos;
    private long turns = NEVER;
    private long sinceNanos;
    private boolean told;

    /**
     * Makes a watch.
     *
     * @param limitNanos how long a hub may be so, in nanoseconds
     */
    public IdleWatch(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Something is pending. */
    public void onPending() {
        turns = NEVER;
    }

    /**
     * Nothing is pending.
     *
     * @param seenTurns how many turns the hub has given; if that changes it has not been idle throughout
     * @param nowNanos the time
     * @return true if it has been so for longer than the limit and this is the first sample that shows it
     */
    public boolean onNothingPending(long seenTurns, long nowNanos) {
        if (seenTurns != turns) {
            turns = seenTurns;
            sinceNanos = nowNanos;
            told = false;
        }
        if (told || idleNanos(nowNanos) < limitNanos) {
            return false;
        }
        told = true;
        return true;
    }

    /**
     * For how long it has been so at least.
     *
     * @param nowNanos the time
     * @return nanoseconds
     */
    public long idleNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }
}
