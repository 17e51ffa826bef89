package greenlet.internal;

/**
 * The root of a thread: while another greenlet than the main one is current, runs that. A switch from one greenlet to
 * another is a yield to here and a run from here, whatever the depth of the two stacks.
 */
final class Trampoline implements SuspendableStack {
    private final Tree tree;

    Trampoline(Tree tree) {
        this.tree = tree;
        StackRoom.ensure(); // its class must not be initialised at the end of a stack
    }

    /** Out of line: with this in it, all that switches would be too big to be put into the code that switches. */
    @Override
    public void leave() {
        OutOfLine.leave(this);
    }

    /** Runs others until the main greenlet is current again. */
    void leaveNow() {
        Thread thread = tree.home();
        Object bindings = ThreadScopes.bindings(thread);
        Object containers = ThreadScopes.containers(thread);
        StackRoom.ensure();
        bounce();
        ThreadScopes.restore(thread, bindings, containers);
    }

    @Override
    public void enter(Runnable life) {
        throw new AssertionError("a main greenlet is entered by its thread");
    }

    @Override
    public StackTraceElement[] frames(Strand strand) {
        return NO_FRAMES; // they are its thread's, with those of the running greenlet on top
    }

    private void bounce() {
        Tree tree = this.tree;
        Strand main = tree.main();
        Strand last = main;
        Strand next;
        while ((next = tree.current()) != main) {
            ContinuationStack stack = (ContinuationStack) next.stack();
            try {
                DirectRun.run(stack);
                last = next;
            } catch (Throwable failure) {
                if (isBeingRead(stack, failure)) {
                    continue;
                }
                boolean ranNothing = !stack.isDone() || !next.hasEntered();
                if (last == main && ranNothing) {
                    throw failure; // the switch that started this is undone by its caller
                }
                tree.runFailed(next, ranNothing, last, failure);
            }
        }
    }

    /**
     * Tells whether a reader of the stack was in the way, and waits for its end. But for readers nobody can have set the
     * flag that {@code run} stumbled over: this thread runs no continuation at this moment.
     */
    static boolean isBeingRead(ContinuationStack stack, Throwable failure) {
        return failure instanceof IllegalStateException && !stack.isDone() && stack.awaitReaders();
    }
}
