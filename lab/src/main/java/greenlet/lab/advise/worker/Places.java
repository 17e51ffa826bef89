package greenlet.lab.advise.worker;

import java.util.Arrays;
import java.util.Optional;

/**
 * Places in the user's code, found in stack traces.
 *
 * <p>Immutable.
 */
public final class Places {
    private static final String OWN_EXAMPLES = "greenlet.lab.advise.example.";

    private Places() {}

    /**
     * The innermost frame that is neither the JDK's nor ours. Not a switch point.
     *
     * @param stack a stack trace
     * @return such as {@code com.acme.MyTask.run(MyTask.java:12)}
     */
    public static Optional<String> innermost(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> isTheirs(frame.getClassName()))
                .findFirst()
                .map(Places::words);
    }

    /**
     * An exception with its place. Not a switch point.
     *
     * @param thrown the exception
     * @return such as {@code java.io.IOException: gone (at com.acme.MyTask.run(MyTask.java:12))}
     */
    public static String words(Throwable thrown) {
        String where = innermost(thrown.getStackTrace())
                .map(place -> " (at " + place + ")")
                .orElse("");
        String message = thrown.getMessage();
        String shortened =
                message == null ? "" : ": " + (message.length() > 300 ? message.substring(0, 300) + "…" : message);
        return thrown.getClass().getName() + shortened + where;
    }

    private static boolean isTheirs(String name) {
        boolean ofTheJdk = name.startsWith("java.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("javax.");
        boolean ours = name.startsWith("greenlet.") && !name.startsWith(OWN_EXAMPLES);
        return !ofTheJdk && !ours;
    }

    private static String words(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
        String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
        return frame.getClassName() + "." + frame.getMethodName() + "(" + file + line + ")";
    }
}
