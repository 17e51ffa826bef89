package greenlet;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Ends a greenlet quietly: thrown into it to kill it, it unwinds the body's {@code finally} blocks, and if the body
 * lets it pass it is <em>returned</em> to the parent as a value instead of being raised there.
 *
 * <p>An {@link Error}, so that {@code catch (Exception e)} in a body does not swallow it by accident (Python's derives
 * from {@code BaseException} for the same reason). Immutable but for what {@link Throwable} itself can change.
 */
public class GreenletExit extends Error {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Makes an exit without a message. */
    public GreenletExit() {
        this(null);
    }

    /**
     * Makes an exit that says why.
     *
     * @param message why the greenlet is ended, or null
     */
    public GreenletExit(@Nullable String message) {
        super(message);
    }
}
