package greenlet.internal;

import java.util.List;
import java.util.stream.Stream;

/** Stack traces of suspended greenlets as a user wants them: without what is ours. */
final class StackReader {
    private StackReader() {}

    /** Innermost frame first; empty if it is not suspended at this moment, or not readable. */
    static List<StackTraceElement> read(Strand strand) {
        SuspendableStack stack = strand.stackOrNull();
        return stack == null
                ? List.of()
                : Stream.of(stack.frames(strand))
                        .filter(frame -> !isOurs(frame.getClassName()))
                        .toList();
    }

    /** The way from the switch to the yield or park, and what called the body. */
    private static boolean isOurs(String name) {
        return name.startsWith("greenlet.internal.")
                || name.startsWith("jdk.internal.vm.")
                || name.startsWith("java.lang.VirtualThread")
                || name.startsWith("java.util.concurrent.locks.LockSupport")
                || name.startsWith("java.lang.System$");
    }
}
