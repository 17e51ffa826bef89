package greenlet.hub.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/**
 * What every thread of the JVM held and waited for at one moment: monitors, locks with an owner, and whatever a thread parked for. Locks
 * without an owner that nobody waits for (a read lock, a semaphore) are not seen, nor is an owned lock that nobody waits for: the JDK keeps
 * no list of them.
 *
 * <p>Confined to the thread that took it.
 */
final class ThreadLocks {
    /** The members of {@code jdk.internal.vm.ThreadSnapshot} (JDK 25), which is what the JDK's own thread dump is made of. */
    private record Members(
            MethodHandle of,
            MethodHandle threadState,
            MethodHandle stackTrace,
            MethodHandle ownedMonitorsAt,
            MethodHandle parkBlocker,
            MethodHandle blockedOn,
            MethodHandle waitingOn,
            long owner) {
        static @Nullable Members find() {
            try {
                Class<?> type = Class.forName("jdk.internal.vm.ThreadSnapshot");
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
                MethodType object = MethodType.methodType(Object.class);
                return new Members(
                        lookup.findStatic(type, "of", MethodType.methodType(type, Thread.class)),
                        lookup.findVirtual(type, "threadState", MethodType.methodType(Thread.State.class)),
                        lookup.findVirtual(type, "stackTrace", MethodType.methodType(StackTraceElement[].class)),
                        lookup.findVirtual(type, "ownedMonitorsAt", MethodType.methodType(Stream.class, int.class)),
                        lookup.findVirtual(type, "parkBlocker", object),
                        lookup.findVirtual(type, "blockedOn", object),
                        lookup.findVirtual(type, "waitingOn", object),
                        VirtualThreads.UNSAFE.objectFieldOffset(
                                AbstractOwnableSynchronizer.class, "exclusiveOwnerThread"));
            } catch (ReflectiveOperationException
                    | InternalError e) { // the latter is how Unsafe says that a field is missing
                return null;
            }
        }
    }

    private static final @Nullable Members MEMBERS = Members.find();

    private final IdentityHashMap<Thread, Set<Object>> locks = new IdentityHashMap<>();
    private final IdentityHashMap<Thread, ConditionObject> conditions = new IdentityHashMap<>();

    private ThreadLocks() {}

    /** Looks at all threads but the caller; null if this JDK or this JVM cannot tell. */
    static @Nullable ThreadLocks ofAll() {
        Members members = MEMBERS;
        if (members == null) {
            return null;
        }
        ThreadLocks census = new ThreadLocks();
        try {
            census.visit(members, ThreadContainers.root());
        } catch (UnsupportedOperationException e) { // a JVM without snapshots
            return null;
        }
        return census;
    }

    /** Who has been looked at. */
    Set<Thread> threads() {
        return locks.keySet();
    }

    /** Monitors and locks that the thread held, as far as can be seen, and what it waited for; for a condition its lock. */
    Set<Object> of(Thread thread) {
        return locks.getOrDefault(thread, Set.of());
    }

    /** The condition that the thread waited for, if it was one. */
    @Nullable
    ConditionObject condition(Thread thread) {
        return conditions.get(thread);
    }

    private void visit(Members members, ThreadContainer container) {
        container.threads().filter(thread -> thread != Thread.currentThread()).forEach(thread -> look(members, thread));
        container.children().forEach(child -> visit(members, child));
    }

    private void look(Members members, Thread thread) {
        try {
            Object snapshot = members.of().invoke(thread);
            if (snapshot == null) { // it has ended
                return;
            }
            int depth = ((StackTraceElement[]) members.stackTrace().invoke(snapshot)).length;
            for (int frame = 0; frame < depth; frame++) {
                ((Stream<?>) members.ownedMonitorsAt().invoke(snapshot, frame)).forEach(lock -> add(thread, lock));
            }
            add(thread, waitsFor(members, snapshot));
            park(members, thread, members.parkBlocker().invoke(snapshot));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("ThreadSnapshot's methods declare no checked exception", t);
        }
    }

    private static @Nullable Object waitsFor(Members members, Object snapshot) throws Throwable {
        return switch ((Thread.State) members.threadState().invoke(snapshot)) {
            case BLOCKED -> members.blockedOn().invoke(snapshot);
            case WAITING, TIMED_WAITING -> members.waitingOn().invoke(snapshot);
            case NEW, RUNNABLE, TERMINATED -> null;
        };
    }

    private void park(Members members, Thread thread, @Nullable Object blocker) {
        Object lock = blocker;
        if (blocker instanceof ConditionObject condition) {
            conditions.put(thread, condition);
            lock = ConditionExit.lockOf(condition);
        }
        add(thread, lock);
        if (lock instanceof AbstractOwnableSynchronizer
                && VirtualThreads.UNSAFE.getReferenceVolatile(lock, members.owner()) instanceof Thread owner) {
            add(owner, lock);
        }
    }

    private void add(Thread thread, @Nullable Object lock) {
        Set<Object> held = locks.computeIfAbsent(thread, _ -> Collections.newSetFromMap(new IdentityHashMap<>()));
        if (lock != null) { // else a monitor that the compiler has removed, or nothing
            held.add(lock);
        }
    }
}
