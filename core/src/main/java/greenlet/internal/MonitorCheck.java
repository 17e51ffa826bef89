package greenlet.internal;

import greenlet.GreenletException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jdk.internal.vm.ContinuationScope;

/**
 * Strict mode: finds a monitor that the running stack holds, with {@code java.lang.LiveStackFrame}, which sees them in
 * compiled frames too. About 13 µs for ten frames, hence a mode.
 */
final class MonitorCheck {
    private static final MethodHandle WALKER;
    private static final MethodHandle MONITORS;

    static {
        try {
            Class<?> frame = Class.forName("java.lang.LiveStackFrame");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(frame, MethodHandles.lookup());
            WALKER = lookup.findStatic(
                    frame,
                    "getStackWalker",
                    MethodType.methodType(StackWalker.class, Set.class, ContinuationScope.class));
            MONITORS = lookup.findVirtual(frame, "getMonitors", MethodType.methodType(Object[].class))
                    .asType(MethodType.methodType(Object[].class, StackWalker.StackFrame.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no LiveStackFrame to see monitors with", e);
        }
    }

    private record Held(Object monitor, StackWalker.StackFrame frame) {}

    private MonitorCheck() {}

    /** Refuses to leave the running stack while it holds a monitor, or a lock that the agent reported. */
    static void ensureNoneHeld(Strand leaving) {
        Optional<Held> held = walker(ContinuationStack.SCOPE).walk(MonitorCheck::firstHeld);
        if (held.isPresent()) {
            Object monitor = held.get().monitor();
            throw new GreenletException.MonitorHeld("Cannot leave greenlet '" + leaving.name()
                    + "': it holds the monitor of a " + monitor.getClass().getName() + "@"
                    + Integer.toHexString(System.identityHashCode(monitor)) + ", entered in "
                    + held.get().frame().toStackTraceElement()
                    + ". A sibling that wants it can block the whole thread. Leave the synchronized block before"
                    + " switching, or switch off strict mode (-Dgreenlet.strict=false).");
        }
        OwnedLocks.ensureNoneHeld(leaving);
    }

    private static Optional<Held> firstHeld(Stream<StackWalker.StackFrame> frames) {
        return frames.flatMap(frame -> Stream.of(monitors(frame))
                        .filter(Objects::nonNull) // the slot of one that is left already
                        .map(monitor -> new Held(monitor, frame)))
                .findFirst();
    }

    private static StackWalker walker(ContinuationScope scope) {
        try {
            return (StackWalker) WALKER.invokeExact((Set<?>) Set.<StackWalker.Option>of(), scope);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    private static Object[] monitors(StackWalker.StackFrame frame) {
        try {
            return (Object[]) MONITORS.invokeExact(frame);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }
}
