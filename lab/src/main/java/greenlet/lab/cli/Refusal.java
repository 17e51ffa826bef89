package greenlet.lab.cli;

/**
 * What the user asked for cannot be done, found out before anything was measured. Its message says what was attempted, what stands in the
 * way, and what to do; no stack trace is shown.
 */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
