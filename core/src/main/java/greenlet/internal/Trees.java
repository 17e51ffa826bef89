package greenlet.internal;

import org.jspecify.annotations.Nullable;

/**
 * How a thread finds its tree.
 *
 * <p>Every thread does through a {@link ThreadLocal}. Platform threads look into a small table first, by their number: that
 * takes a nanosecond where the map of thread-locals takes five, a tenth of a greenlet's life. A place in the table is the
 * last one's that came; whoever loses it has the thread-local still. A thread leaves the table when it ends.
 */
final class Trees {
    private static final int PLACES = 64; // a power of two

    private static final ThreadLocal<Tree> ALL = new ThreadLocal<>();

    /** Written without care: what a thread finds here counts only if it names that very thread. */
    private static final @Nullable Tree[] TABLE = new Tree[PLACES];

    private Trees() {}

    /** The calling thread's tree, or null if it has none yet. */
    static @Nullable Tree ofThisThread() {
        Thread thread = Thread.currentThread();
        Tree found = TABLE[place(thread)];
        return found != null && found.isRunBy(thread) ? found : ALL.get();
    }

    /** Makes a tree the calling thread's. */
    static void set(Tree tree) {
        ALL.set(tree);
    }

    /** Gives a tree a place in the table, until {@link #forget}; its home is the calling thread. */
    static void enlist(Tree tree) {
        TABLE[place(tree.home())] = tree;
    }

    /** Nothing refers to it from the table any more. */
    @SuppressWarnings("ReferenceEquality") // this very one
    static void forget(Tree tree) {
        int place = place(tree.home());
        if (TABLE[place] == tree) {
            TABLE[place] = null; // or another's that came this moment, which then has its thread-local
        }
    }

    private static int place(Thread thread) {
        return (int) thread.threadId() & PLACES - 1;
    }
}
