package greenlet.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greenlets of one tree that have been suspended at least once and have not died: a ring of {@link Anchor}s, newest
 * first. A greenlet that runs to its end at one go never gets here.
 *
 * <p>The tree's own thread links, unlinks and polls; any thread may take a {@link #snapshot}. Hence the monitor, taken
 * twice in a greenlet's life and never in a switch.
 */
final class Anchors {
    /** Stands for "anchored" in main greenlets, so that the hot path needs one test for all. */
    static final Anchor OF_MAIN = new Anchor(null);

    private final Anchor head = new Anchor(null);
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final Deque<Strand> abandoned = new ArrayDeque<>();
    private final boolean resurrects;

    /** Whether {@link #abandoned} holds any: asked at every switch, so that a look into the deque is worth saving. */
    private boolean waiting;

    /** Makes an empty ring; without resurrection nothing is ever found to be abandoned. */
    Anchors(boolean resurrects) {
        this.resurrects = resurrects;
    }

    Anchor add(Strand strand) {
        Anchor anchor = new Anchor(resurrects ? Resurrection.watch(strand, unreachable) : new WeakReference<>(strand));
        synchronized (head) {
            anchor.linkAfter(head);
        }
        return anchor;
    }

    void remove(Anchor anchor) {
        synchronized (head) {
            anchor.unlink();
        }
    }

    /** Tells whether {@link #pollAbandoned} would return one. Cheap: one volatile read when there is none. */
    boolean hasAbandoned() {
        return waiting || (resurrects && Resurrection.isAnyQueued(unreachable) && takeQueued());
    }

    /** A queue pins its caller's stack while it is polled; if it overflowed the stack meanwhile, that would be so for ever. */
    private boolean takeQueued() {
        StackRoom.ensure();
        Reference<?> reference;
        while ((reference = unreachable.poll()) != null) {
            Object strand = Resurrection.get(reference);
            reference.clear();
            if (strand instanceof Strand found && !found.isOver()) {
                abandoned.add(found);
                waiting = true;
            }
        }
        return waiting;
    }

    @Nullable
    Strand pollAbandoned() {
        if (!hasAbandoned()) {
            return null;
        }
        Strand next = abandoned.poll();
        waiting = !abandoned.isEmpty();
        return next;
    }

    /** It could not be unwound where {@link #pollAbandoned} returned it: it is the next one again. */
    void putBack(Strand strand) {
        abandoned.addFirst(strand);
        waiting = true;
    }

    /** Those that can still be reached, newest first. */
    List<Strand> snapshot() {
        List<Strand> strands = new ArrayList<>();
        synchronized (head) {
            for (Anchor anchor = head.next; anchor != head; anchor = anchor.next) {
                Reference<Strand> reference = anchor.reference();
                Object strand = resurrects ? Resurrection.get(reference) : reference.get();
                if (strand instanceof Strand found) {
                    strands.add(found);
                }
            }
        }
        return strands;
    }
}
