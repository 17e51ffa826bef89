package greenlet.internal;

import greenlet.GreenletLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What few greenlets have, in one object that only they have. Confined to the greenlet's thread but for the host's. */
final class Extras {
    /** Where it was created, if that is recorded. */
    @Nullable
    Throwable created;

    /** What its host saved when control left it; readable and replaceable from any thread. */
    volatile @Nullable Object saved;

    /** What its host attached to it. */
    volatile @Nullable Object attachment;

    /** Its entry among the suspended greenlets of a virtual thread. */
    LeakReports.@Nullable Suspended suspended;

    /** Who waits for its end, the latest last; null while nobody kills it. */
    @Nullable
    Deque<Strand> killers;

    /** Whether it is unwinding others, and does not begin again when a call of that switches. */
    boolean reaping;

    /** Whether a call of the listener runs in it: what reaches it meanwhile is a part of that call and is not reported. */
    boolean listening;

    private @Nullable Map<GreenletLocal<?>, @Nullable Object> locals;

    /** Weak keys: a local that nobody can name any more leaves no value behind. */
    Map<GreenletLocal<?>, @Nullable Object> locals() {
        Map<GreenletLocal<?>, @Nullable Object> known = locals;
        if (known == null) {
            known = new WeakHashMap<>();
            locals = known;
        }
        return known;
    }

    void addKiller(Strand killer) {
        Deque<Strand> waiting = killers;
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.addLast(killer);
        killers = waiting;
    }

    /** The greenlet is dead: nothing of it is reported any more, and its values go. */
    void over() {
        if (suspended != null) {
            suspended.over();
            suspended = null;
        }
        locals = null;
    }
}
