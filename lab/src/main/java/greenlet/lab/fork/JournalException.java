package greenlet.lab.fork;

import java.io.IOException;

/** A comparison cannot go on where it was cut off; the message says why and what to do. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }
}
