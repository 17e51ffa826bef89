package greenlet.internal;

import greenlet.GreenletException;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of {@link SuspendableStack} this JVM gets, decided once: continuations after a self-test, or threads if the
 * user asked for them. Never threads silently: their thread-locals, lock ownership and cost differ.
 */
sealed interface Binding {
    /** The stack of a thread's main greenlet. */
    SuspendableStack root(Tree tree);

    /** A stack for a greenlet that is about to run for the first time. */
    SuspendableStack stackFor(Strand strand, Tree tree);

    /** Tells whether abandoned greenlets can be found and unwound. */
    boolean resurrects();

    /** The tree that the calling thread has planted, although its thread-local does not say so; or null. */
    @Nullable
    Tree planted();

    /** A thread has begun to use greenlets. */
    void planted(Tree tree);

    /** Strict mode: refuses to leave the running stack while it holds a monitor. */
    void ensureNoMonitorHeld(Strand leaving);

    /** Returns the binding of this JVM, or refuses with the remedy. */
    static Binding require() {
        FirstRoom.ensure(); // before Choice is initialised
        GreenletException.Unavailable refusal = Choice.MADE.refusal;
        if (refusal != null) {
            // A fresh one: each caller gets a stack trace of its own.
            var again = new GreenletException.Unavailable(String.valueOf(refusal.getMessage()));
            again.initCause(refusal.getCause());
            throw again;
        }
        return Choice.MADE.binding;
    }

    /** Stacks are continuations of the thread itself. */
    record Continuations() implements Binding {
        @Override
        public SuspendableStack root(Tree tree) {
            return new Trampoline(tree);
        }

        @Override
        public SuspendableStack stackFor(Strand strand, Tree tree) {
            return new ContinuationStack(strand);
        }

        @Override
        public boolean resurrects() {
            return true;
        }

        @Override
        public @Nullable Tree planted() {
            return Thread.currentThread().isVirtual() ? null : ThreadEnd.treeOfThisThread();
        }

        @Override
        public void planted(Tree tree) {
            if (tree.home().isVirtual()) {
                tree.watchForLeaks();
            } else {
                ThreadEnd.unwindAtEndOf(tree);
                Trees.enlist(tree); // which that end undoes
            }
        }

        @Override
        public void ensureNoMonitorHeld(Strand leaving) {
            MonitorCheck.ensureNoneHeld(leaving);
        }
    }

    /** Stacks are virtual threads that hand control to one another. */
    record Threads() implements Binding {
        @Override
        public SuspendableStack root(Tree tree) {
            return new ThreadStack(tree);
        }

        @Override
        public SuspendableStack stackFor(Strand strand, Tree tree) {
            return new ThreadStack(strand, tree);
        }

        @Override
        public boolean resurrects() {
            return false; // a started thread is reachable until it ends
        }

        @Override
        public @Nullable Tree planted() {
            return null;
        }

        @Override
        public void planted(Tree tree) {
            tree.watchForLeaks();
        }

        @Override
        public void ensureNoMonitorHeld(Strand leaving) {
            // Each greenlet is a thread and owns what it locks: nothing to diagnose.
        }
    }

    /** The decision and, if it is a refusal, why. */
    record Choice(Binding binding, GreenletException.@Nullable Unavailable refusal) {
        private static final String PROPERTY = "greenlet.binding";
        private static final Choice MADE = make(System.getProperty(PROPERTY, "continuation"));

        private static Choice make(String wanted) {
            return switch (wanted) {
                case "portable" -> new Choice(new Threads(), null);
                case "continuation" -> new Choice(new Continuations(), openAndTest());
                default ->
                    new Choice(
                            new Continuations(),
                            new GreenletException.Unavailable("Cannot start greenlets: -D" + PROPERTY + "=" + wanted
                                    + " names no binding. Use 'continuation' (the default) or 'portable'."));
            };
        }

        private static GreenletException.@Nullable Unavailable openAndTest() {
            GreenletException.Unavailable refusal = Access.open();
            if (refusal != null) {
                return refusal;
            }
            try {
                ContinuationStack.selfTest();
                Rehearsal.run(new Continuations());
                return null;
            } catch (RuntimeException | LinkageError | AssertionError cause) {
                return Access.unsuitable(cause);
            }
        }
    }
}
