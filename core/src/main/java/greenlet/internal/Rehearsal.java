package greenlet.internal;

import greenlet.Greenlet;
import greenlet.GreenletExit;
import greenlet.Leak;

/**
 * Does once, in advance, what is otherwise done only when something has gone wrong.
 *
 * <p>A switch that overflows the stack is put right at the very end of that stack, and the JVM loads a class, or links a
 * handle, at its first use, by Java code of its own for which there is no room there. If that happens in the trampoline
 * while a greenlet dies, its death is lost, and the next switch to it fails. So all of that code runs here first, on a
 * tree that nobody sees and that is garbage afterwards.
 */
final class Rehearsal {
    private final Tree tree;
    private final Strand main;
    private final Failure failure = new Failure();

    private Rehearsal(Tree tree) {
        this.tree = tree;
        this.main = tree.main();
    }

    /** With continuations, on the calling thread, whose own tree it leaves alone. */
    static void run(Binding binding) {
        Rehearsal rehearsal = new Rehearsal(Tree.unwatched(binding));
        rehearsal.deaths();
        rehearsal.undoing();
        rehearsal.failuresOfTheRoot();
        ThreadScopes.link(Thread.currentThread());
        DirectRun.link(new ContinuationStack(() -> {}));
        expect(new Leak("rehearsed", "none", Leak.Reason.SURVIVED, null).created() == null);
    }

    private void deaths() {
        expectFailure(() -> strand(first -> {
                    throw failure;
                })
                .switchTo(null));
        Strand suspended = strand(main::switchTo);
        suspended.switchTo(null);
        expectFailure(() -> suspended.throwInto(failure));
        suspended.switchTo(null); // dead: main receives it
        suspended.throwInto(new GreenletExit());
        expectFailure(() -> strand(first -> first).throwInto(failure));
        Strand closed = strand(main::switchTo);
        closed.switchTo(null);
        tree.close(closed);
        expect(closed.isOver());
    }

    private void undoing() {
        Strand unstarted = strand(first -> first);
        Route.ofTransfer(tree, unstarted, null).undo();
        expect(unstarted.isUnstarted());
    }

    private void failuresOfTheRoot() {
        expect(Trampoline.isBeingRead(new ContinuationStack(() -> {}), new IllegalStateException()));
        Strand unstarted = strand(first -> first);
        unstarted.prepare(tree);
        tree.runFailed(unstarted, true, main, failure);
        Strand suspended = strand(main::switchTo);
        suspended.switchTo(null);
        tree.runFailed(suspended, false, main, failure);
        expect(suspended.isOver() && tree.current() == main);
    }

    private Strand strand(Greenlet.Body body) {
        return new Strand(null, body, main);
    }

    @SuppressWarnings("ReferenceEquality") // the identical one
    private void expectFailure(Runnable attempt) {
        Throwable thrown = null;
        try {
            attempt.run();
        } catch (Throwable arrived) {
            thrown = arrived;
        }
        expect(thrown == failure);
    }

    private static void expect(boolean kept) {
        if (!kept) {
            throw new AssertionError("on this JDK greenlets do not do what they promise");
        }
    }

    /** What goes wrong here; it needs no stack trace. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure() {
            super("rehearsed", null, false, false);
        }
    }
}
