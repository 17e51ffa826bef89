package greenlet.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/** Makes virtual threads with a scheduler of the caller's, for floors. */
final class BareScheduler {
    private static final MethodHandle CONSTRUCTOR;

    static {
        try {
            Class<?> type = Class.forName("java.lang.VirtualThread");
            CONSTRUCTOR = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(
                            type,
                            MethodType.methodType(void.class, Executor.class, String.class, int.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private BareScheduler() {}

    static Thread unstarted(Executor scheduler, Runnable body) {
        try {
            return (Thread) CONSTRUCTOR.invoke(scheduler, "bare", 0, body);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("The constructor declares no checked exception", t);
        }
    }
}
