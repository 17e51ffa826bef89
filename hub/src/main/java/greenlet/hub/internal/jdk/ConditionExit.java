package greenlet.hub.internal.jdk;

import static greenlet.hub.internal.jdk.VirtualThreads.UNSAFE;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import org.jspecify.annotations.Nullable;

/**
 * Leaves {@code Condition.await} by a throw. Of all waits in {@code java.util.concurrent} it is the one that is not prepared for that: its
 * caller unlocks in a {@code finally} what it would not hold, and its node would stay behind to take a signal that is another's. So the lock
 * is taken, as often as the caller held it, and the node disowned first. {@code AbstractQueuedSynchronizer.acquire} cancels its node itself when its park throws.
 *
 * <p>Immutable.
 */
final class ConditionExit {
    /** The members of the JDK's that this needs; null if one is missing, and then waits for conditions are not left. */
    private record Members(
            MethodHandle tryAcquire, long sync, long firstWaiter, long nextWaiter, long waiter, long status) {
        static @Nullable Members find() {
            Class<?> synchronizer = AbstractQueuedSynchronizer.class;
            try {
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(synchronizer, MethodHandles.lookup());
                Class<?> node = lookup.findClass(synchronizer.getName() + "$Node");
                Class<?> conditionNode = lookup.findClass(synchronizer.getName() + "$ConditionNode");
                return new Members(
                        lookup.findVirtual(synchronizer, "tryAcquire", MethodType.methodType(boolean.class, int.class)),
                        UNSAFE.objectFieldOffset(ConditionObject.class, "this$0"),
                        UNSAFE.objectFieldOffset(ConditionObject.class, "firstWaiter"),
                        UNSAFE.objectFieldOffset(conditionNode, "nextWaiter"),
                        UNSAFE.objectFieldOffset(node, "waiter"),
                        UNSAFE.objectFieldOffset(node, "status"));
            } catch (ReflectiveOperationException
                    | InternalError e) { // the latter is how Unsafe says that a field is missing
                return null;
            }
        }
    }

    private static final @Nullable Members MEMBERS = Members.find();

    /** Found out when the hub decides: later would be in the middle of the wait. */
    private static final boolean HOLDS_KNOWN = ConditionHolds.isKnown();

    private ConditionExit() {}

    /** The lock that a condition belongs to; the condition itself if that cannot be told. */
    static Object lockOf(ConditionObject condition) {
        Members members = MEMBERS;
        return members == null ? condition : UNSAFE.getReference(condition, members.sync());
    }

    /**
     * Makes the caller, who waits for the condition, hold its lock and wait no longer. False if the lock is not free, if the caller has been
     * signalled and is on its way to take the lock itself, or if this JDK does not tell how often the caller held it.
     */
    static boolean leave(ConditionObject condition, Thread waiter) {
        Members members = MEMBERS;
        if (members == null || !(lockOf(condition) instanceof AbstractQueuedSynchronizer lock)) {
            return false;
        }
        int holds = HOLDS_KNOWN ? ConditionHolds.ofCaller() : ConditionHolds.UNKNOWN;
        if (holds == ConditionHolds.UNKNOWN || !tryAcquire(members, lock, holds)) {
            return false;
        }
        // With the lock held nobody else touches the list.
        Object node = UNSAFE.getReference(condition, members.firstWaiter());
        while (node != null && UNSAFE.getReference(node, members.waiter()) != waiter) {
            node = UNSAFE.getReference(node, members.nextWaiter());
        }
        if (node == null || UNSAFE.getIntVolatile(node, members.status()) == 0) {
            lock.release(holds);
            return false;
        }
        UNSAFE.putIntVolatile(node, members.status(), 0); // as if it had been cancelled: signals pass it by
        return true;
    }

    private static boolean tryAcquire(Members members, AbstractQueuedSynchronizer lock, int holds) {
        try {
            return (boolean) members.tryAcquire().invokeExact(lock, holds);
        } catch (Throwable t) { // a synchronizer of a user's: then this wait is not left
            return false;
        }
    }
}
