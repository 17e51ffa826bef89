package greenlet.internal;

import jdk.internal.misc.TerminatingThreadLocal;

/** Unwinds the greenlets of a platform thread when it ends, on that thread. Virtual threads have no such moment. */
final class ThreadEnd extends TerminatingThreadLocal<Tree> {
    private static final ThreadEnd HOOK = new ThreadEnd();

    private ThreadEnd() {}

    /** Called by the thread that the tree belongs to. */
    static void unwindAtEndOf(Tree tree) {
        HOOK.set(tree);
    }

    @Override
    protected void threadTerminated(Tree tree) {
        Trees.forget(tree);
        tree.unwindAll();
    }
}
