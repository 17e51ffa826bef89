package greenlet.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the innermost continuation the way {@code Continuation.yield} does, but without its frame: {@code yield0} is too
 * big to be inlined, and each frame between a greenlet's code and the yield is copied out and in again at every switch.
 * What it leaves out is for continuations that yield through others, which are left to {@code Continuation.yield}.
 */
final class DirectYield {
    private static final VarHandle CONTINUATION;
    private static final MethodHandle CARRIER;
    private static final MethodHandle DO_YIELD;
    private static final MethodHandle REASON;

    static {
        try {
            var inThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            CONTINUATION = inThread.findVarHandle(Thread.class, "cont", Continuation.class);
            CARRIER = inThread.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
            var inContinuation = MethodHandles.privateLookupIn(Continuation.class, MethodHandles.lookup());
            DO_YIELD = inContinuation.findStatic(Continuation.class, "doYield", MethodType.methodType(int.class));
            REASON = inContinuation.findStatic(
                    Continuation.class, "pinnedReason", MethodType.methodType(Continuation.Pinned.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK's continuations do not yield the way JDK 25's do", e);
        }
    }

    private DirectYield() {}

    /** Tells whether nothing has been mounted upon it: only then may it be left directly. */
    @SuppressWarnings("ReferenceEquality") // this very one: continuations define no equality
    static boolean isInnermost(Continuation running) {
        return innermost(carrier()) == running;
    }

    /** The thread whose stack this runs on: the calling one, or that which carries it. */
    static Thread carrier() {
        try {
            return (Thread) CARRIER.invokeExact();
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    /** What has been mounted last on that thread, or null. */
    static @Nullable Continuation innermost(Thread carrier) {
        return (Continuation) CONTINUATION.get(carrier);
    }

    static void setInnermost(Thread carrier, @Nullable Continuation continuation) {
        CONTINUATION.set(carrier, continuation);
    }

    /** Suspends the innermost continuation and returns when it is resumed; throws at once if it cannot be. */
    static void leave() {
        try {
            int refusal = (int) DO_YIELD.invokeExact();
            VarHandle.releaseFence(); // as in yield0: the compiler must not move stores from behind it to before it
            if (refusal != 0) {
                throw ContinuationStack.refusal((Continuation.Pinned) REASON.invokeExact(refusal));
            }
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }
}
