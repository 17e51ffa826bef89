package greenlet.hub;

import java.io.Serial;

/** This JVM cannot carry a hub; the message names the remedy for this launch. Immutable. */
public final class HubUnavailableException extends UnsupportedOperationException {
    @Serial
    private static final long serialVersionUID = 1L;

    HubUnavailableException(String message) {
        super(message);
    }
}
