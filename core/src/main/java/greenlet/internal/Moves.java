package greenlet.internal;

import java.lang.invoke.VarHandle;

/**
 * Moves unstarted greenlets from thread to thread, one at a time in the whole JVM, at no cost to those who start theirs.
 *
 * <p>Who starts one says so and then looks whether any is being moved; who moves one says so and then looks whether its
 * thread is starting one. With a fence between the store and the load of each, one of them sees the other; but that fence
 * would be a twentieth of a greenlet's life. So only who moves one pays, for both: it reads the stack of the other thread, for
 * which the JVM stops that thread (a handshake). What that one stored before is visible here from then on, and what it
 * loads later was stored here before. (The asymmetric Dekker synchronisation of Dice, Huang and Yang, 2001; ADR 0108.)
 */
final class Moves {
    private static volatile boolean underWay;

    private Moves() {}

    /** Called by a tree's own thread; until it ends the claim, which is at once, none of its greenlets is moved. */
    static void beginClaim(Tree tree) {
        while (true) {
            tree.claim(true);
            VarHandle.releaseFence(); // for the compiler, which must not load first
            if (!underWay) {
                return;
            }
            tree.claim(false);
            awaitEnd();
        }
    }

    private static void awaitEnd() {
        synchronized (Moves.class) {
            // Whoever moves one holds this.
        }
    }

    /** Sets the parent of one that has not started; the caller's thread is the giving or the receiving one. */
    static synchronized void setParent(Strand strand, Strand heir) {
        Reparenting.ensureNoCycle(strand, heir);
        Tree from = strand.home();
        Tree to = heir.home();
        if (from == to) {
            from.ensureEntered("set the parent of", strand);
        } else if (!from.isEntered() && !to.isEntered()) {
            throw Reparenting.refusal(
                    strand, heir, "this is thread '" + Thread.currentThread().getName() + "'");
        }
        if (from.isEntered()) {
            inherit(strand, heir); // its only starter is here
        } else {
            take(strand, from, heir);
        }
    }

    private static void take(Strand strand, Tree from, Strand heir) {
        underWay = true;
        try {
            from.awaitClaim();
            inherit(strand, heir);
        } finally {
            underWay = false;
        }
    }

    private static void inherit(Strand strand, Strand heir) {
        if (!strand.isUnstarted()) {
            throw Reparenting.refusal(strand, heir, "it has started");
        }
        strand.inherit(heir);
    }
}
