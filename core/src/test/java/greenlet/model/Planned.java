package greenlet.model;

import java.io.Serial;

/** The exception that programs throw: checked, so that everything is tested with one. */
final class Planned extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    Planned() {
        super("planned", null, false, false);
    }
}
