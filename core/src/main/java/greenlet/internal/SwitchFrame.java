package greenlet.internal;

import org.jspecify.annotations.Nullable;

/**
 * The frame that a switch from one greenlet to another leaves: always one compiled frame between the caller's and the
 * yield, neither more nor fewer. More would be copied out and in at each switch. With none, the caller's own caller is
 * among the two frames that the JVM brings back at a time; for a greenlet that has looped since before it was compiled
 * that one is interpreted for ever, and each switch takes the JVM's slow path, at 1.7 times the cost.
 *
 * <p>It is an exception, which nobody throws, for one reason: the JVM's optimising compiler puts no method of an exception
 * class into other code ({@code InlineTree::should_not_inline}); and it puts into this one all that is called from here.
 */
final class SwitchFrame extends Throwable {
    private static final long serialVersionUID = 1;

    private SwitchFrame() {}

    static @Nullable Object switchTo(Strand target, @Nullable Object value) {
        Tree tree = target.treeIfEntered();
        return tree != null && tree.mayHandTo(target) ? tree.hand(target, value) : target.switchInAnyState(value);
    }
}
