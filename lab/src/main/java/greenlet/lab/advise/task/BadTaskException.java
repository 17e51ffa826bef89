package greenlet.lab.advise.task;

/** There is no such task, or it is none; found out before anything runs. Its message says what stands in the way and what to do. */
public final class BadTaskException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTaskException(String message) {
        super(message);
    }
}
