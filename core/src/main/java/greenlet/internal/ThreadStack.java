package greenlet.internal;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A greenlet's stack as a virtual thread of its own, parked while another greenlet of the tree is current. */
final class ThreadStack implements SuspendableStack {
    private final Tree tree;
    private final @Nullable Strand strand;

    /** Written by the thread that starts it, before it starts. */
    private @Nullable Thread thread;

    /** Set by whoever hands control over, cleared by the owner; carries the happens-before of each hand-over. */
    private volatile boolean turn;

    /** The main greenlet's: the thread that exists already. */
    ThreadStack(Tree tree) {
        this.tree = tree;
        this.strand = null;
        this.thread = tree.home();
    }

    ThreadStack(Strand strand, Tree tree) {
        this.tree = tree;
        this.strand = strand;
    }

    @Override
    public void leave() {
        ((ThreadStack) tree.current().stack()).giveTurn();
        boolean interrupted = false;
        while (!turn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        takeTurn();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveTurn() {
        Thread thread = this.thread;
        if (thread == null) {
            turn = true;
            Thread created = Thread.ofVirtual().name("greenlet").unstarted(this::body);
            this.thread = created;
            created.start();
        } else {
            turn = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void enter(Runnable life) {
        life.run(); // a new thread: nothing is bound here
    }

    @Override
    public StackTraceElement[] frames(Strand strand) {
        Thread thread = this.thread;
        return thread == null || !strand.isSuspended() ? NO_FRAMES : thread.getStackTrace();
    }

    private void takeTurn() {
        turn = false;
        tree.runsOn(Thread.currentThread());
    }

    private void body() {
        Strand strand = this.strand;
        if (strand == null) {
            throw new AssertionError("a main greenlet has a thread already");
        }
        takeTurn();
        tree.adopt();
        strand.run();
        ((ThreadStack) tree.current().stack()).giveTurn();
    }
}
