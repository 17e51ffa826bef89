package greenlet.internal;

import jdk.internal.misc.TerminatingThreadLocal;
import org.jspecify.annotations.Nullable;

/** Unwinds the greenlets of a platform thread when it ends, on that thread. Virtual threads have no such moment. */
final class ThreadEnd extends TerminatingThreadLocal<Tree> {
    private static final ThreadEnd HOOK = new ThreadEnd();

    private ThreadEnd() {}

    /** Called by the thread that the tree belongs to. */
    static void unwindAtEndOf(Tree tree) {
        HOOK.set(tree);
    }

    /**
     * The calling thread's tree, if it has one that is to be unwound. The common pool erases its idle workers'
     * thread-locals, but not these.
     */
    static @Nullable Tree treeOfThisThread() {
        return REGISTRY.get().contains(HOOK) ? HOOK.get() : null;
    }

    @Override
    protected void threadTerminated(Tree tree) {
        Trees.forget(tree);
        tree.unwindAll();
    }
}
