package greenlet.internal;

import java.lang.ref.Reference;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A started greenlet's place in the list of its tree: found from there, but not kept alive by it. */
final class Anchor {
    /** Null in the ring's own head and for main greenlets, which are no link of it. */
    private final @Nullable Reference<Strand> reference;

    // Guarded by the ring's monitor.
    Anchor previous = this;
    Anchor next = this;

    Anchor(@Nullable Reference<Strand> reference) {
        this.reference = reference;
    }

    Reference<Strand> reference() {
        return Objects.requireNonNull(reference, "reference");
    }

    void linkAfter(Anchor head) {
        previous = head;
        next = head.next;
        head.next.previous = this;
        head.next = this;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
