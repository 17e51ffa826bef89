package greenlet.hub.time;

/** {@link System#nanoTime}. Immutable. */
public final class SystemClock implements HubClock {
    /** Makes the clock. */
    public SystemClock() {}

    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
