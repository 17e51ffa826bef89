package greenlet.hub;

import java.io.Serial;

/**
 * A {@link Group} did not come to what was asked of it. The cause is what its first member to fail threw, the identical object; what
 * others threw is suppressed in this. Immutable, but for what {@link Throwable} itself can change.
 */
public final class GroupFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    GroupFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
