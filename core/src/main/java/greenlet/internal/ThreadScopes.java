package greenlet.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A thread's scoped-value bindings and its open structured scopes: the JDK keeps one of each per thread, and a greenlet
 * must see its own. (The scoped-value cache is swapped at each mount, as the JDK does: {@link DirectRun}.)
 */
final class ThreadScopes {
    /** {@code Thread}'s own mark for "nothing was ever bound here": its class object. */
    static final Object NOTHING_BOUND = Thread.class;

    private static final VarHandle BINDINGS;
    private static final VarHandle CONTAINERS;

    /** {@code Thread.runWith}: the frame in which the JVM looks for the bindings that a stack began with. */
    private static final MethodHandle RUN_WITH;

    static {
        try {
            var lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
            BINDINGS = lookup.findVarHandle(Thread.class, "scopedValueBindings", Object.class);
            CONTAINERS = lookup.findVarHandle(
                    Thread.class, "headStackableScopes", Class.forName("jdk.internal.vm.StackableScope"));
            RUN_WITH = lookup.findVirtual(
                    Thread.class, "runWith", MethodType.methodType(void.class, Object.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread does not keep its scopes where JDK 25 does", e);
        }
    }

    private ThreadScopes() {}

    /**
     * Runs a greenlet's life with nothing bound and no scope open. The frame matters: after a stack overflow the JVM
     * searches the stack for the bindings, and must not get as far as what lies below the trampoline.
     */
    static void runUnbound(Thread thread, Runnable life) {
        restore(thread, NOTHING_BOUND, null);
        try {
            RUN_WITH.invokeExact(thread, NOTHING_BOUND, life);
        } catch (Throwable failure) {
            throw Thrown.<RuntimeException>sneak(failure);
        }
    }

    /** May be null, which the JDK takes to mean "search the stack": it says so after a stack overflow. */
    static @Nullable Object bindings(Thread thread) {
        return BINDINGS.get(thread);
    }

    static @Nullable Object containers(Thread thread) {
        return CONTAINERS.get(thread);
    }

    /** Tells whether all is as at the beginning of a greenlet's life: nothing bound, no scope open. */
    @SuppressWarnings("ReferenceEquality") // it is a mark
    static boolean areBare(Thread thread) {
        return BINDINGS.get(thread) == NOTHING_BOUND && CONTAINERS.get(thread) == null;
    }

    /** Has the JVM link what {@link #restore} hardly ever does, by storing what is there. */
    static void link(Thread thread) {
        BINDINGS.set(thread, BINDINGS.get(thread));
        CONTAINERS.set(thread, CONTAINERS.get(thread));
    }

    /** Stores only what differs: nearly always nothing does, and a store would cost the collector's barrier. */
    @SuppressWarnings("ReferenceEquality") // the same snapshot or not: equality of contents would not do
    static void restore(Thread thread, @Nullable Object bindings, @Nullable Object containers) {
        if (BINDINGS.get(thread) != bindings) {
            BINDINGS.set(thread, bindings);
        }
        if (CONTAINERS.get(thread) != containers) {
            CONTAINERS.set(thread, containers);
        }
    }
}
