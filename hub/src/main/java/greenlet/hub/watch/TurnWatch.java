package greenlet.hub.watch;

/**
 * Decides from samples when a turn has lasted too long, and says so once a turn. As in Go's {@code sysmon}, a turn is timed from the first
 * sample that saw it, so that it is never accused too early.
 *
 * <p>Confined to one thread.
 */
public final class TurnWatch {
    private static final long NOBODY = -1;

    private final long limitNanos;
    private long turn = NOBODY;
    private long seenNanos;
    private boolean told;

    /**
     * Makes a watch.
     *
     * @param limitNanos how long a turn may last, in nanoseconds
     */
    public TurnWatch(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Nobody has the turn. */
    public void onFree() {
        turn = NOBODY;
    }

    /**
     * Somebody has the turn.
     *
     * @param seenTurn the number of the turn
     * @param nowNanos the time
     * @return true if it has lasted longer than the limit and this is the first sample that shows it
     */
    public boolean onHeld(long seenTurn, long nowNanos) {
        if (seenTurn != turn) {
            turn = seenTurn;
            seenNanos = nowNanos;
            told = false;
        }
        if (told || heldNanos(nowNanos) < limitNanos) {
            return false;
        }
        told = true;
        return true;
    }

    /**
     * For how long the turn has lasted at least.
     *
     * @param nowNanos the time
     * @return nanoseconds
     */
    public long heldNanos(long nowNanos) {
        return nowNanos - seenNanos;
    }
}
