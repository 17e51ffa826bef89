package greenlet.internal;

import jdk.internal.vm.Continuation;

/**
 * The frame that a suspended greenlet's stack ends with: always one compiled frame between that of the code that switches
 * and the yield, neither more nor fewer, as all before it is small enough to be put into that code. More would be copied
 * out and in at each switch. With none, the caller's own caller is among the two frames that the JVM brings back at a
 * time; for a greenlet that has looped since before it was compiled that one is interpreted for ever, and each switch takes
 * the JVM's slow path, at 1.7 times the cost.
 *
 * <p>It is an exception, which nobody throws, for one reason: the JVM's optimising compiler puts no method of an exception
 * class into other code ({@code InlineTree::should_not_inline}); and it puts into this one all that is called from here.
 */
final class SuspendedFrame extends Throwable {
    private static final long serialVersionUID = 1;

    private SuspendedFrame() {}

    /** Nothing is kept across the yield: what is, is copied out and in, and takes room while the greenlet is suspended. */
    static void leave(ContinuationStack stack) {
        if (ThreadScopes.areBare(Thread.currentThread()) && DirectYield.isInnermost(stack)) {
            DirectYield.leave();
            ThreadScopes.restore(Thread.currentThread(), ThreadScopes.NOTHING_BOUND, null);
        } else {
            leaveInScopes(stack);
        }
    }

    /** With scoped values bound or scopes open, or from within a continuation that is none of ours. */
    private static void leaveInScopes(ContinuationStack stack) {
        Thread thread = Thread.currentThread();
        Object bindings = ThreadScopes.bindings(thread);
        Object containers = ThreadScopes.containers(thread);
        if (DirectYield.isInnermost(stack)) {
            DirectYield.leave();
        } else {
            Continuation.yield(ContinuationStack.SCOPE);
        }
        ThreadScopes.restore(thread, bindings, containers);
    }
}
