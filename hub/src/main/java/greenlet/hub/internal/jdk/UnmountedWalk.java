package greenlet.hub.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM knows of a green thread that is not mounted: its stack, what it is blocked on and which monitors it owns.
 *
 * <p>The JVM's own {@code ThreadSnapshot} (JDK 25) may be asked only about a thread that nobody mounts meanwhile: without a JVM TI agent
 * nothing keeps it from that, and the JVM may crash (JDK-8364343). So the thread is held first, by the mark in its state that
 * {@code VirtualThread.tryGetStackTrace} uses, and let go as it does there, resubmission included. A hub's carrier that meets a held
 * thread passes it over; the resubmission gives it its turn back.
 *
 * <p>Safe for use from any thread.
 */
final class UnmountedWalk {
    /**
     * What was found.
     *
     * @param state the JDK's number of the state
     * @param stack innermost frame first
     * @param blockerKind one of the constants, or {@link #NOTHING}
     * @param blocker what it is parked for, blocked on or waiting on; null if that is unknown
     * @param monitors the monitors that it holds, those that it has given up in {@code Object.wait} included
     */
    record Found(
            int state,
            List<StackTraceElement> stack,
            int blockerKind,
            @Nullable Object blocker,
            List<Object> monitors) {}

    /** The ordinals of {@code ThreadSnapshot.BlockerLockType}. */
    static final int PARKED_FOR = 0;

    static final int BLOCKED_ON = 1;
    static final int WAITING_ON = 2;
    static final int NOTHING = -1;

    private static final int SUSPENDED = 1 << 8;
    private static final int LOCKED = 0;

    private static final Unsafe UNSAFE = VirtualThreads.UNSAFE;

    /** The members that are needed, looked for once. */
    private static final class Members {
        static final @Nullable Members FOUND = find();

        final MethodHandle create;
        final long stack;
        final long locks;
        final long blockerKind;
        final long blocker;
        final long lockKind;
        final long lockObject;
        final long state;
        final long parkPermit;
        final long blockPermit;
        final long notified;
        final long interrupted;

        private Members(MethodHandles.Lookup javaLang) throws ReflectiveOperationException {
            Class<?> snapshot = Class.forName("jdk.internal.vm.ThreadSnapshot");
            Class<?> lock = Class.forName("jdk.internal.vm.ThreadSnapshot$ThreadLock");
            Class<?> virtual = javaLang.findClass("java.lang.VirtualThread");
            create = MethodHandles.privateLookupIn(snapshot, MethodHandles.lookup())
                    .findStatic(snapshot, "create", MethodType.methodType(snapshot, Thread.class))
                    .asType(MethodType.methodType(Object.class, Thread.class));
            stack = offset(snapshot, "stackTrace");
            locks = offset(snapshot, "locks");
            blockerKind = offset(snapshot, "blockerTypeOrdinal");
            blocker = offset(snapshot, "blockerObject");
            lockKind = offset(lock, "typeOrdinal");
            lockObject = offset(lock, "obj");
            state = offset(virtual, "state");
            parkPermit = offset(virtual, "parkPermit");
            blockPermit = offset(virtual, "blockPermit");
            notified = offset(virtual, "notified");
            interrupted = offset(Thread.class, "interrupted");
        }

        private static @Nullable Members find() {
            try {
                return new Members(JdkGate.open());
            } catch (ReflectiveOperationException | LinkageError e) {
                return null; // a JDK without it: dumps then lack owners of monitors
            }
        }

        private static long offset(Class<?> type, String name) throws NoSuchFieldException {
            return UNSAFE.objectFieldOffset(type.getDeclaredField(name));
        }
    }

    private UnmountedWalk() {}

    /**
     * Looks at a green thread.
     *
     * @param task the green thread
     * @return what was found, or null if it is mounted, or just coming or going, or this JDK cannot tell
     */
    static @Nullable Found at(GreenTask task) {
        Members members = Members.FOUND;
        Thread thread = task.thread();
        if (members == null) {
            return null;
        }
        int state = UNSAFE.getIntVolatile(thread, members.state);
        if (!isUnmounted(state) || !UNSAFE.compareAndSetInt(thread, members.state, state, state | SUSPENDED)) {
            return null;
        }
        Object snapshot;
        try {
            snapshot = create(members, thread);
        } finally {
            letGo(members, task, state);
        }
        return snapshot == null ? null : found(members, state, snapshot);
    }

    private static boolean isUnmounted(int state) {
        return switch (state) {
            case VirtualThreads.PARKED,
                    VirtualThreads.TIMED_PARKED,
                    VirtualThreads.UNPARKED,
                    VirtualThreads.YIELDED,
                    VirtualThreads.BLOCKED,
                    VirtualThreads.UNBLOCKED,
                    VirtualThreads.WAIT,
                    VirtualThreads.TIMED_WAIT -> true;
            default -> false; // mounted, not begun, ended, or held by another who looks
        };
    }

    private static @Nullable Object create(Members members, Thread thread) {
        try {
            return members.create.invokeExact(thread);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("ThreadSnapshot.create declares no checked exception", t);
        }
    }

    /** Nobody else changes the state of a held thread; what should have woken it meanwhile has left a mark. */
    private static void letGo(Members members, GreenTask task, int state) {
        Thread thread = task.thread();
        UNSAFE.putIntVolatile(thread, members.state, state);
        boolean ready = switch (state) {
            case VirtualThreads.PARKED, VirtualThreads.TIMED_PARKED ->
                UNSAFE.getBooleanVolatile(thread, members.parkPermit)
                        && becomes(members, thread, state, VirtualThreads.UNPARKED);
            case VirtualThreads.BLOCKED ->
                UNSAFE.getBooleanVolatile(thread, members.blockPermit)
                        && becomes(members, thread, state, VirtualThreads.UNBLOCKED);
            case VirtualThreads.WAIT, VirtualThreads.TIMED_WAIT ->
                (UNSAFE.getBooleanVolatile(thread, members.notified)
                                || UNSAFE.getBooleanVolatile(thread, members.interrupted))
                        && becomes(members, thread, state, VirtualThreads.UNBLOCKED);
            default -> true; // it was ready, and its turn may have come and gone
        };
        if (ready) {
            resubmit(task);
        }
    }

    private static boolean becomes(Members members, Thread thread, int from, int to) {
        return UNSAFE.compareAndSetInt(thread, members.state, from, to);
    }

    /** Pinned, as the JDK does: a green thread must not leave its carrier in the middle of queueing another. */
    private static void resubmit(GreenTask task) {
        if (!Thread.currentThread().isVirtual()) {
            task.scheduler().execute(task);
            return;
        }
        Continuation.pin();
        try {
            task.scheduler().execute(task);
        } finally {
            Continuation.unpin();
        }
    }

    private static Found found(Members members, int state, Object snapshot) {
        Object stack = UNSAFE.getReference(snapshot, members.stack);
        Object blocker = UNSAFE.getReference(snapshot, members.blocker);
        Object locks = UNSAFE.getReference(snapshot, members.locks);
        List<Object> monitors = new ArrayList<>();
        for (int i = 0; locks != null && i < Array.getLength(locks); i++) {
            Object lock = Array.get(locks, i);
            Object monitor = UNSAFE.getInt(lock, members.lockKind) == LOCKED
                    ? UNSAFE.getReference(lock, members.lockObject)
                    : null; // a monitor that compiled code proved to be of no use
            if (monitor != null) {
                monitors.add(monitor);
            }
        }
        return new Found(
                state,
                stack == null ? List.of() : List.of((StackTraceElement[]) stack),
                blocker == null ? NOTHING : UNSAFE.getInt(snapshot, members.blockerKind),
                blocker,
                monitors);
    }
}
