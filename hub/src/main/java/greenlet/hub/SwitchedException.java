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

    /** Where a thread is; of the caller, who is in what the hub does for its call, only what called that. */
    static StackTraceElement[] stackOf(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (thread != Thread.currentThread()) {
            return stack;
        }
        int call = 1; // after Thread.getStackTrace
        while (call < stack.length && !"java.base".equals(stack[call].getModuleName())) {
            call++;
        }
        return Arrays.copyOfRange(stack, call, stack.length);
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
