package greenlet.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;

/**
 * Makes sure that there is stack for what happens in the root of a thread, before it begins.
 *
 * <p>The JDK's {@code Continuation.run} does not expect its own calls to overflow the stack: it leaves the continuation
 * marked as mounted, ends the process, or, if it is the call that marks a continuation as done, runs an empty one later
 * and crashes. Nor can a greenlet's death be undone half-way. All of that runs within some 2 KB of the trampoline's frame.
 * So two calls go that far down first, and a stack that has no room for them overflows here, where nothing has changed.
 *
 * <p>What makes a frame large is the room for the arguments of a call that is hardly ever made: compilers reserve it for
 * the whole method, if they have seen the call made. (The interpreter does not; so while code is likely to be interpreted,
 * the call is made. With {@code -XX:-TieredCompilation} it stays interpreted, and from the 20,000th call on the guard is
 * weaker.) Cost, compiled: one to two nanoseconds.
 */
final class StackRoom {
    private static final int ARGUMENTS = 250;

    /** The calls to make before they are left out: more than it takes until compiled code runs. */
    private static final int CALLS = isInterpreted() ? Integer.MAX_VALUE : 20_000;

    /** Ignores its arguments. Not final: a compiler that knew it would leave the call out. */
    @SuppressWarnings("FieldMayBeFinal")
    private static MethodHandle ignore =
            MethodHandles.empty(MethodType.methodType(void.class, Collections.nCopies(ARGUMENTS, int.class)));

    /** Counted by all threads without care: about so many will do. */
    private static int callsLeft = CALLS;

    private StackRoom() {}

    /** Throws {@code StackOverflowError} if there is too little stack left for a switch from here. */
    static void ensure() {
        int left = callsLeft;
        if (left > 0) {
            callsLeft = left - 1;
        }
        reserve(1, left > 0);
    }

    /** Too long to be inlined, into itself or elsewhere: the second call is where a compiled frame's size shows. */
    private static void reserve(int calls, boolean interpreted) {
        if (interpreted) {
            try {
                ignore.invokeExact(
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
                        9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);
            } catch (Throwable failure) {
                throw Thrown.<RuntimeException>sneak(failure);
            }
        }
        if (calls > 0) {
            reserve(calls - 1, interpreted);
        }
    }

    private static boolean isInterpreted() {
        return System.getProperty("java.vm.info", "").contains("interpreted mode");
    }
}
