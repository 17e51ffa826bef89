package greenlet.internal;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Stack traces of suspended greenlets, from any thread, without the owner resuming one meanwhile. */
final class StackReader {
    /** Raised before a stack is held and lowered after it is released. */
    private static final AtomicInteger READING = new AtomicInteger();

    private StackReader() {}

    static boolean anyReading() {
        return READING.get() > 0;
    }

    /** Innermost frame first; empty if it is not suspended at this moment, or not readable. */
    static List<StackTraceElement> read(Strand strand) {
        return switch (strand.stackOrNull()) {
            case null -> List.of();
            case Trampoline _ -> List.of();
            case ThreadStack stack -> strand.isSuspended() ? trim(stack.trace()) : List.of();
            case ContinuationStack stack -> readHeld(strand, stack);
        };
    }

    private static List<StackTraceElement> readHeld(Strand strand, ContinuationStack stack) {
        READING.incrementAndGet();
        try {
            if (!stack.tryHold()) {
                return List.of();
            }
            try {
                return strand.isSuspended() ? trim(stack.getStackTrace()) : List.of();
            } finally {
                stack.release();
            }
        } finally {
            READING.decrementAndGet();
        }
    }

    /** Leaves out what is ours: the way from the switch to the yield, and what called the body. */
    private static List<StackTraceElement> trim(StackTraceElement[] frames) {
        return Stream.of(frames).filter(frame -> !isOurs(frame.getClassName())).toList();
    }

    private static boolean isOurs(String name) {
        return name.startsWith("greenlet.internal.")
                || name.startsWith("jdk.internal.vm.")
                || name.startsWith("java.lang.VirtualThread")
                || name.startsWith("java.util.concurrent.locks.LockSupport")
                || name.startsWith("java.lang.System$");
    }
}
