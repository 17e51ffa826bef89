package greenlet.internal;

import org.jspecify.annotations.Nullable;

/**
 * What happens once in a greenlet's life, to few, or in the root of a thread, kept out of the code that switches: that
 * stays small, so that the compiler puts all of it into its caller, and a suspended stack has but one frame of ours
 * ({@link SuspendedFrame}).
 *
 * <p>It is an exception for the same reason as that one. The compiler's rule does not hold for a call from the very method
 * that is being compiled, so each of these is called by a small method of its own.
 */
final class OutOfLine extends Throwable {
    private static final long serialVersionUID = 1;

    private OutOfLine() {}

    /** A first switch, one to a dead greenlet, one that is refused or watched. */
    static @Nullable Object switchTo(Strand target, @Nullable Object value) {
        Tree tree = target.home();
        tree.ensureEntered("switch to", target);
        return target.mayStart() && tree.mayHandTo(target) ? tree.start(target, value) : tree.transfer(target, value);
    }

    /** A switch away from a thread's own stack, which no switch copies: a frame more costs next to nothing there. */
    static void leave(Trampoline root) {
        root.leaveNow();
    }

    /** A first suspension. */
    static void anchor(Strand strand, Anchors anchors, @Nullable Object leakWatch) {
        strand.anchor(anchors, leakWatch);
    }
}
