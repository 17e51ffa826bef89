package greenlet.internal;

import jdk.internal.vm.Continuation;

/**
 * The root of a thread: while another greenlet than the main one is current, runs that. A switch from one greenlet to
 * another is a yield to here and a run from here, whatever the depth of the two stacks.
 */
final class Trampoline implements SuspendableStack {
    private final Tree tree;

    Trampoline(Tree tree) {
        this.tree = tree;
    }

    @Override
    public void leave() {
        Thread thread = tree.home();
        Object bindings = ThreadScopes.bindings(thread);
        Object containers = ThreadScopes.containers(thread);
        bounce();
        ThreadScopes.restore(thread, bindings, containers);
    }

    private void bounce() {
        Tree tree = this.tree;
        Strand main = tree.main();
        Strand last = main;
        Strand next;
        while ((next = tree.current()) != main) {
            try {
                ((Continuation) next.stack()).run();
                last = next;
            } catch (Throwable failure) {
                if (last == main && !next.hasEntered()) {
                    throw failure; // nothing has run: the switch that started this is undone by its caller
                }
                tree.resumeFailed(next, last, failure);
            }
        }
    }
}
