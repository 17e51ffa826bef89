package greenlet.internal;

import java.util.EnumSet;
import java.util.Optional;
import jdk.internal.vm.Continuation;

/** Names the frame that keeps a stack from being left. */
final class PinnedFrame {
    private PinnedFrame() {}

    static String describe(Continuation.Pinned reason) {
        return switch (reason) {
            case NATIVE ->
                "Cannot leave the current greenlet: " + nativeFrame()
                        + " is on its stack, and the JVM cannot move native frames. Switch before it is entered or"
                        + " after it has returned.";
            case MONITOR ->
                "Cannot leave the current greenlet: it holds a monitor, and this JVM cannot move those. Leave"
                        + " the synchronized block first.";
            case CRITICAL_SECTION ->
                "Cannot leave the current greenlet: it is inside a critical section of the JDK, below " + firstOutside()
                        + ". Switch when that has returned.";
            case EXCEPTION ->
                "Cannot leave the current greenlet: the JVM had no room to save its stack. Free memory, or"
                        + " switch from fewer frames.";
        };
    }

    /**
     * The innermost native method or class initialiser. A call up from a foreign function has no frame of its own; what
     * it goes through has.
     */
    private static String nativeFrame() {
        return StackWalker.getInstance(EnumSet.of(StackWalker.Option.SHOW_HIDDEN_FRAMES))
                .walk(frames -> {
                    Optional<StackWalker.StackFrame> found =
                            frames.filter(PinnedFrame::isNative).findFirst();
                    return found.map(frame ->
                                    (frame.getMethodName().equals("<clinit>") ? "class initialiser " : "native frame ")
                                            + frame.toStackTraceElement())
                            .orElse("a native frame");
                });
    }

    private static boolean isNative(StackWalker.StackFrame frame) {
        String method = frame.getMethodName();
        return !frame.getClassName().startsWith("jdk.internal.vm.")
                && (frame.isNativeMethod()
                        || method.equals("<clinit>")
                        || method.equals("linkToNative")
                        || frame.getClassName().startsWith("jdk.internal.foreign.abi"));
    }

    private static String firstOutside() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith("greenlet.")
                                && !frame.getClassName().startsWith("jdk.internal."))
                        .findFirst()
                        .map(frame -> frame.toStackTraceElement().toString())
                        .orElse("its root"));
    }
}
