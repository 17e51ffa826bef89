package greenlet.hub;

import java.io.Serial;
import java.util.Arrays;

/** A stretch of code that was to be atomic contained a switch point; the stack trace is where it was taken. Immutable. */
public final class SwitchedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    SwitchedException(String thread, StackTraceElement[] stack) {
        super("Green thread '" + thread + "' was switched out inside NoSwitch.run, by " + switchPoint(stack)
                + ". Move that call out of the block.");
        setStackTrace(stack);
    }

    /** The innermost frame that is not the JDK's: the line to change. */
    private static String switchPoint(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !"java.base".equals(frame.getModuleName()))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("a JDK frame");
    }
}
