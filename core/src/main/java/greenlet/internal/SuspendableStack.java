package greenlet.internal;

/**
 * The stack that a greenlet runs on, and the way to leave it. One implementation for each way that a JVM offers:
 * {@link ContinuationStack} with {@link Trampoline} as the root of the thread, or {@link ThreadStack}.
 */
sealed interface SuspendableStack permits Trampoline, ContinuationStack, ThreadStack {
    /** What {@link #frames} returns if there are none to be had. */
    StackTraceElement[] NO_FRAMES = {};

    /**
     * Leaves this stack, which is the running one, for the tree's current greenlet, and returns when this stack's
     * greenlet has become the current one again. If it throws, control never left.
     */
    void leave();

    /** Runs a greenlet's life on this stack, from its first frame. */
    void enter(Runnable life);

    /**
     * The frames of its greenlet, innermost first and ours included, for any thread; empty unless that is suspended and
     * stays so for as long as they are read.
     */
    StackTraceElement[] frames(Strand strand);
}
