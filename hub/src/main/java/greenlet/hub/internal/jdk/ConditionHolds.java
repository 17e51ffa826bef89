package greenlet.hub.internal.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.lang.StackWalker.StackFrame;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import org.jspecify.annotations.Nullable;

/**
 * How often a thread that waits for a condition held the lock before: nothing but a local variable of {@code Condition.await} knows. Which one,
 * the code of the JDK's class tells: the one that takes what {@code enableWait} returns.
 *
 * <p>Immutable.
 */
final class ConditionHolds {
    static final int UNKNOWN = 0;

    /**
     * What is needed of the JDK.
     *
     * @param walker sees the locals of frames
     * @param locals those of a frame
     * @param longValue of a local that is no reference
     * @param slots by name and descriptor of a method that waits, the local
     */
    private record Members(
            StackWalker walker, MethodHandle locals, MethodHandle longValue, Map<String, Integer> slots) {
        static @Nullable Members find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
                Class<?> frame = lookup.findClass("java.lang.LiveStackFrame");
                Class<?> slot = lookup.findClass("java.lang.LiveStackFrame$PrimitiveSlot");
                StackWalker walker = (StackWalker)
                        lookup.findStatic(frame, "getStackWalker", MethodType.methodType(StackWalker.class, Set.class))
                                .invoke(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE)); // descriptors need it
                return new Members(
                        walker,
                        lookup.findVirtual(frame, "getLocals", MethodType.methodType(Object[].class))
                                .asType(MethodType.methodType(Object[].class, StackFrame.class)),
                        lookup.findVirtual(slot, "longValue", MethodType.methodType(long.class))
                                .asType(MethodType.methodType(long.class, Object.class)),
                        findSlots());
            } catch (Throwable t) { // another JDK: then waits for conditions are not left
                return null;
            }
        }

        private static Map<String, Integer> findSlots() throws IOException {
            Map<String, Integer> slots = new HashMap<>();
            try (InputStream code =
                    ConditionObject.class.getResourceAsStream("AbstractQueuedSynchronizer$ConditionObject.class")) {
                if (code != null) {
                    for (MethodModel method :
                            ClassFile.of().parse(code.readAllBytes()).methods()) {
                        method.code().ifPresent(body -> findSlot(method, body, slots));
                    }
                }
            }
            return Map.copyOf(slots);
        }

        private static void findSlot(MethodModel method, CodeModel body, Map<String, Integer> slots) {
            boolean returned = false;
            for (CodeElement each : body) {
                if (returned && each instanceof StoreInstruction store) {
                    slots.put(
                            method.methodName().stringValue()
                                    + method.methodType().stringValue(),
                            store.slot());
                    return;
                }
                returned |=
                        each instanceof InvokeInstruction call && call.name().equalsString("enableWait");
            }
        }
    }

    private static final @Nullable Members MEMBERS = Members.find();

    private ConditionHolds() {}

    /** Whether this JDK has what is needed. Looks it up, which takes its time, at the first call. */
    static boolean isKnown() {
        return MEMBERS != null;
    }

    /** Of the innermost wait on the caller's stack. */
    static int ofCaller() {
        Members members = MEMBERS;
        if (members == null) {
            return UNKNOWN;
        }
        try {
            return members.walker()
                    .walk(frames -> frames.filter(frame -> frame.getClassName().equals(ConditionObject.class.getName()))
                            .findFirst()
                            .map(frame -> holds(members, frame))
                            .orElse(UNKNOWN));
        } catch (RuntimeException | LinkageError e) { // what a frame tells is not promised
            return UNKNOWN;
        }
    }

    private static int holds(Members members, StackFrame frame) {
        Integer slot = members.slots().get(frame.getMethodName() + frame.getDescriptor());
        if (slot == null) {
            return UNKNOWN;
        }
        try {
            Object[] locals = (Object[]) members.locals().invokeExact(frame);
            int holds = (int) (long) members.longValue().invokeExact(locals[slot]);
            return Math.max(holds, UNKNOWN);
        } catch (Throwable t) {
            return UNKNOWN;
        }
    }
}
