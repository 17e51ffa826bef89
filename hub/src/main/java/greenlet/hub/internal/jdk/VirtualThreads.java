package greenlet.hub.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.concurrent.Executor;
import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * The members of {@code java.lang.VirtualThread} (JDK 25) that the hub needs. Any that is missing makes the class fail to
 * initialise, which {@link HubBinding#refusal} turns into one refusal.
 *
 * <p>Immutable.
 */
final class VirtualThreads {
    /** The states of {@code VirtualThread} that the hub looks at; the names are the JDK's. */
    static final int STARTED = 1;

    static final int RUNNING = 2;
    static final int PARKING = 3;
    static final int PARKED = 4;
    static final int PINNED = 5;
    static final int TIMED_PARKING = 6;
    static final int TIMED_PARKED = 7;
    static final int TIMED_PINNED = 8;
    static final int UNPARKED = 9;
    static final int YIELDING = 10;
    static final int YIELDED = 11;
    static final int BLOCKED = 13;
    static final int UNBLOCKED = 14;
    static final int WAITING = 15;
    static final int WAIT = 16;
    static final int TIMED_WAITING = 17;
    static final int TIMED_WAIT = 18;
    static final int TERMINATED = 99;

    static final Unsafe UNSAFE = Unsafe.getUnsafe();
    static final JavaLangAccess JLA = SharedSecrets.getJavaLangAccess();

    private static final MethodHandle CONSTRUCTOR;
    private static final MethodHandle SET_INTERRUPT;
    private static final MethodHandle CLEAR_INTERRUPT;
    private static final long STATE;
    private static final long RUN_CONTINUATION;
    private static final long CAPTURED_THREAD;
    private static final long CONTINUATION;
    private static final long CONTINUATION_TARGET;
    private static final long CONTINUATION_SCOPE;
    private static final Class<?> RUN_CONTINUATION_CLASS;

    static {
        try {
            MethodHandles.Lookup javaLang = JdkGate.open();
            Class<?> type = javaLang.findClass("java.lang.VirtualThread");
            CONSTRUCTOR = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(
                            type,
                            MethodType.methodType(void.class, Executor.class, String.class, int.class, Runnable.class))
                    .asType(MethodType.methodType(
                            Thread.class, Executor.class, String.class, int.class, Runnable.class));
            SET_INTERRUPT = javaLang.findVirtual(Thread.class, "setInterrupt", MethodType.methodType(void.class));
            CLEAR_INTERRUPT = javaLang.findVirtual(Thread.class, "clearInterrupt", MethodType.methodType(void.class));
            STATE = UNSAFE.objectFieldOffset(type, "state");
            RUN_CONTINUATION = UNSAFE.objectFieldOffset(type, "runContinuation");
            CONTINUATION = UNSAFE.objectFieldOffset(type, "cont");
            CONTINUATION_TARGET = UNSAFE.objectFieldOffset(Continuation.class, "target");
            CONTINUATION_SCOPE = UNSAFE.objectFieldOffset(Continuation.class, "scope");
            Runnable sample = (Runnable) UNSAFE.getReference(Thread.ofVirtual().unstarted(() -> {}), RUN_CONTINUATION);
            RUN_CONTINUATION_CLASS = sample.getClass();
            CAPTURED_THREAD = UNSAFE.objectFieldOffset(fieldOfType(RUN_CONTINUATION_CLASS, type));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private VirtualThreads() {}

    /** Makes an unstarted virtual thread with the given scheduler. */
    static Thread create(Executor scheduler, String name, int characteristics, Runnable body) {
        try {
            return (Thread) CONSTRUCTOR.invokeExact(scheduler, name, characteristics, body);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("VirtualThread's constructor declares no checked exception", t);
        }
    }

    /** The JDK's state number of a virtual thread, without the mark of a stack walk under way. */
    static int state(Thread virtual) {
        return UNSAFE.getIntVolatile(virtual, STATE) & 0xff;
    }

    static void setState(Thread virtual, int state) {
        UNSAFE.putIntVolatile(virtual, STATE, state);
    }

    /** Whether a state is one of those that an interrupt ends or at least disturbs. */
    static boolean isWaiting(int state) {
        return state == PARKED || state == TIMED_PARKED || state == WAIT || state == TIMED_WAIT;
    }

    /** Whether a thread has given up its carrier in a wait or a yield that ends in a frame of the JDK's Java code. */
    static boolean isSwitchedOut(int state) {
        return state == PARKED || state == TIMED_PARKED || state == UNPARKED || state == YIELDED;
    }

    /**
     * Makes a thread runnable whose unmounting the JDK did not finish, as if it had been woken for no reason, which every
     * wait allows. Its state is left over from the middle of the switch, and without this nobody would ever change it.
     */
    static void wakeAfterFailedSwitch(Thread virtual) {
        switch (state(virtual)) {
            case PARKING, TIMED_PARKING -> setState(virtual, UNPARKED);
            case WAITING, TIMED_WAITING -> setState(virtual, UNBLOCKED);
            case YIELDING -> setState(virtual, YIELDED);
            default -> {
                // The switch had been finished; the state is right.
            }
        }
    }

    /** Whether this is what a virtual thread hands to its scheduler, as the JDK made it. */
    static boolean isRunContinuation(Runnable submitted) {
        return submitted.getClass() == RUN_CONTINUATION_CLASS;
    }

    /** The thread that a {@linkplain #isRunContinuation submitted} task belongs to. */
    static Thread threadOf(Runnable runContinuation) {
        return (Thread) UNSAFE.getReference(runContinuation, CAPTURED_THREAD);
    }

    /** What the thread hands to its scheduler. */
    static Runnable runContinuation(Thread virtual) {
        return (Runnable) UNSAFE.getReference(virtual, RUN_CONTINUATION);
    }

    /** From now on the thread hands this to its scheduler. Only before its first run: the field is final, and the JDK locks the object. */
    static void setRunContinuation(Thread virtual, Runnable task) {
        UNSAFE.putReferenceVolatile(virtual, RUN_CONTINUATION, task);
    }

    /** Gives the thread a continuation of ours. Only before its first run: the field is final. */
    static void replaceContinuation(Thread virtual, GreenTask task) {
        Continuation original = (Continuation) UNSAFE.getReference(virtual, CONTINUATION);
        UNSAFE.putReferenceVolatile(virtual, CONTINUATION, new GreenContinuation(original, task));
    }

    static Runnable target(Continuation continuation) {
        return (Runnable) UNSAFE.getReference(continuation, CONTINUATION_TARGET);
    }

    static ContinuationScope scope(Continuation continuation) {
        return (ContinuationScope) UNSAFE.getReference(continuation, CONTINUATION_SCOPE);
    }

    /** Clears the interrupt status of the calling carrier itself, not of the virtual thread that is mounted on it; true if it was set. */
    static boolean clearInterrupt(Thread carrier) {
        if (!carrier.isInterrupted()) {
            return false;
        }
        call(CLEAR_INTERRUPT, carrier);
        return true;
    }

    /** Sets the interrupt status of the calling carrier itself, as the JDK does for a mounted virtual thread. */
    static void setInterrupt(Thread carrier) {
        call(SET_INTERRUPT, carrier);
    }

    private static void call(MethodHandle method, Thread thread) {
        try {
            method.invokeExact(thread);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("Thread's method declares no checked exception", t);
        }
    }

    static Thread currentCarrier() {
        return JLA.currentCarrierThread();
    }

    private static Field fieldOfType(Class<?> holder, Class<?> type) throws NoSuchFieldException {
        for (Field field : holder.getDeclaredFields()) {
            if (field.getType() == type) {
                return field;
            }
        }
        throw new NoSuchFieldException(holder + " captures no " + type);
    }
}
