package greenlet.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * References that bring their referent back: enqueued when it has become unreachable, with it and all that it reaches
 * still whole. That is what unwinding an abandoned greenlet takes, and what only {@code java.lang.ref.FinalReference}
 * does: with a phantom reference somebody would have to hold the suspended stack, and a stack that refers to its own
 * greenlet, as most do, would never be let go. No {@code finalize} method and no finaliser thread are involved, so
 * {@code --finalization=disabled} makes no difference.
 */
final class Resurrection {
    private static final MethodHandle CREATE;
    private static final MethodHandle GET;
    private static final VarHandle HEAD;

    static {
        try {
            Class<?> type = Class.forName("java.lang.ref.FinalReference");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            CREATE = lookup.findConstructor(type, MethodType.methodType(void.class, Object.class, ReferenceQueue.class))
                    .asType(MethodType.methodType(Reference.class, Object.class, ReferenceQueue.class));
            // FinalReference.get may be called on enqueued ones only: it reads without the collector's barrier.
            GET = lookup.findSpecial(Reference.class, "get", MethodType.methodType(Object.class), type)
                    .asType(MethodType.methodType(Object.class, Reference.class));
            HEAD = MethodHandles.privateLookupIn(ReferenceQueue.class, MethodHandles.lookup())
                    .findVarHandle(ReferenceQueue.class, "head", Reference.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no reference that brings its referent back", e);
        }
    }

    private Resurrection() {}

    @SuppressWarnings("unchecked") // a FinalReference<T> made from a T
    static <T> Reference<T> watch(T referent, ReferenceQueue<Object> queue) {
        try {
            return (Reference<T>) (Reference<?>) CREATE.invokeExact((Object) referent, queue);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    /** Tells whether a poll would return one, and does no more than that: at the end of a stack a poll does harm. */
    static boolean isAnyQueued(ReferenceQueue<Object> queue) {
        return (Reference<?>) HEAD.getVolatile(queue) != null;
    }

    /** The referent, or null if it is being collected or was cleared. */
    static Object get(Reference<?> reference) {
        try {
            return GET.invokeExact((Reference) reference);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }
}
