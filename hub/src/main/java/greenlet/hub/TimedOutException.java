package greenlet.hub;

import java.io.Serial;
import java.time.Duration;

/**
 * A {@link Timeout} expired and its block was interrupted by that. The cause is what the block threw at the interrupt. Immutable.
 */
public final class TimedOutException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Timeout timeout;

    TimedOutException(Timeout timeout, Duration after, Throwable cause) {
        super(
                "The timeout of " + timeout.limit() + " expired and interrupted its block, which ended after " + after
                        + " with " + cause
                        + ". Allow more time; a socket that was being read is closed: give it a timeout of its own if"
                        + " it shall survive.",
                cause);
        this.timeout = timeout;
    }

    /**
     * Which timeout it was: the one to compare with where several are nested. Not a switch point.
     *
     * @return the timeout that expired
     */
    public Timeout timeout() {
        return timeout;
    }
}
