package greenlet.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import jdk.internal.vm.StackChunk;
import org.jspecify.annotations.Nullable;

/**
 * Runs a continuation as {@code Continuation.run} does, step by step, in code that is small enough to be put into the
 * trampoline: one frame less to come back through at each switch, whose return the processor would predict wrongly, and
 * one fence less, as {@code mounted} is released by a store that the JDK makes a volatile one (ADR 0111).
 *
 * <p>To be compared with the JDK's source for each new JDK: the self-test finds out that a field or a method has gone, not
 * that a step has been added.
 */
@SuppressWarnings("ReferenceEquality") // these very objects: nothing here defines an equality
final class DirectRun {
    private static final VarHandle PARENT;
    private static final VarHandle CHILD;
    private static final VarHandle TAIL;
    private static final VarHandle YIELD_INFO;
    private static final VarHandle CACHE;
    private static final MethodHandle ENTER_SPECIAL;
    private static final MethodHandle YIELD_FURTHER;
    private static final MethodHandle CACHE_OF_THREAD;
    private static final MethodHandle SET_CACHE_OF_THREAD;

    static {
        try {
            var in = MethodHandles.privateLookupIn(Continuation.class, MethodHandles.lookup());
            PARENT = in.findVarHandle(Continuation.class, "parent", Continuation.class);
            CHILD = in.findVarHandle(Continuation.class, "child", Continuation.class);
            TAIL = in.findVarHandle(Continuation.class, "tail", StackChunk.class);
            YIELD_INFO = in.findVarHandle(Continuation.class, "yieldInfo", Object.class);
            CACHE = in.findVarHandle(Continuation.class, "scopedValueCache", Object[].class);
            ENTER_SPECIAL = in.findStatic(
                    Continuation.class,
                    "enterSpecial",
                    MethodType.methodType(void.class, Continuation.class, boolean.class, boolean.class));
            YIELD_FURTHER = in.findVirtual(
                    Continuation.class,
                    "yield0",
                    MethodType.methodType(boolean.class, ContinuationScope.class, Continuation.class));
            var inThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            CACHE_OF_THREAD =
                    inThread.findStatic(Thread.class, "scopedValueCache", MethodType.methodType(Object[].class));
            SET_CACHE_OF_THREAD = inThread.findStatic(
                    Thread.class, "setScopedValueCache", MethodType.methodType(void.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK's continuations do not run the way JDK 25's do", e);
        }
    }

    private DirectRun() {}

    /** Has the JVM link what {@link #run} hardly ever does: at the end of a stack there is no room for that. */
    static void link(Continuation unstarted) {
        try {
            PARENT.set(unstarted, (Continuation) null);
            YIELD_INFO.set(unstarted, (Object) null);
            CACHE.set(unstarted, (@Nullable Object[]) CACHE.get(unstarted));
            SET_CACHE_OF_THREAD.invokeExact((Object[]) CACHE_OF_THREAD.invokeExact());
            boolean _ = (boolean)
                    MethodHandles.empty(YIELD_FURTHER.type()).invokeExact(unstarted, unstarted.getScope(), unstarted);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    /**
     * Starts or resumes a continuation, and returns when it has yielded or ended.
     *
     * @throws IllegalStateException if it is mounted, or over
     */
    static void run(Continuation continuation) {
        try {
            do {
                mount(continuation);
                try {
                    ENTER_SPECIAL.invokeExact(continuation, (StackChunk) TAIL.get(continuation) != null, false);
                } catch (Throwable failure) {
                    unmount(continuation);
                    throw failure;
                }
                unmount(continuation);
            } while (YIELD_INFO.get(continuation) != null && yieldsFurther(continuation));
            if ((Continuation) PARENT.get(continuation) != null) {
                PARENT.set(continuation, (Continuation) null);
            }
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    private static void mount(Continuation continuation) throws Throwable {
        if (continuation.isDone() || !ContinuationStack.MOUNTED.compareAndSet(continuation, false, true)) {
            throw new IllegalStateException("the continuation is mounted, or over");
        }
        swapCache((@Nullable Object[]) CACHE.get(continuation));
        Thread carrier = DirectYield.carrier();
        Continuation parent = DirectYield.innermost(carrier);
        if (parent != null) {
            PARENT.set(continuation, parent);
        }
        DirectYield.setInnermost(carrier, continuation);
    }

    private static void unmount(Continuation continuation) throws Throwable {
        VarHandle.releaseFence(); // as in run: the compiler must not move stores from behind it to before it
        Continuation parent = (Continuation) PARENT.get(continuation);
        DirectYield.setInnermost(DirectYield.carrier(), parent);
        if (parent != null) {
            CHILD.set(parent, (Continuation) null);
        }
        if (continuation.isDone()) {
            TAIL.set(continuation, (StackChunk) null);
        }
        @Nullable Object[] cache = (Object[]) CACHE_OF_THREAD.invokeExact();
        if (cache != (@Nullable Object[]) CACHE.get(continuation)) {
            CACHE.set(continuation, cache);
        }
        swapCache(null);
        ContinuationStack.MOUNTED.setRelease(continuation, false);
    }

    /** The cache of scoped values belongs to who runs; nearly always there is none on either side. */
    private static void swapCache(@Nullable Object @Nullable [] cache) throws Throwable {
        if ((Object[]) CACHE_OF_THREAD.invokeExact() != cache) {
            SET_CACHE_OF_THREAD.invokeExact(cache);
        }
    }

    /** One that lies below is to be left as well: a virtual thread's, as a greenlet of that has parked. */
    private static boolean yieldsFurther(Continuation continuation) throws Throwable {
        Object scope = YIELD_INFO.get(continuation);
        if (scope == continuation.getScope()) {
            YIELD_INFO.set(continuation, (Object) null);
            return false;
        }
        Continuation parent = (Continuation) PARENT.get(continuation);
        CHILD.set(parent, continuation);
        boolean _ = (boolean) YIELD_FURTHER.invokeExact(parent, (ContinuationScope) scope, continuation);
        CHILD.set(parent, (Continuation) null);
        return true;
    }
}
