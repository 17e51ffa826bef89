package greenlet.hub;

import org.jspecify.annotations.Nullable;

/** The groups that one green thread has open, innermost first. Confined to that green thread. */
final class GroupNest {
    private static final ThreadLocal<GroupNest> CURRENT = new ThreadLocal<>();

    private final GreenThread<?> owner;
    private @Nullable Group<?, ?> innermost;

    private GroupNest(GreenThread<?> owner) {
        this.owner = owner;
    }

    /** The calling green thread's. Made once, so that however many groups it opens it has one callback at its end. */
    static GroupNest of(GreenThread<?> owner) {
        GroupNest known = CURRENT.get();
        if (known != null) {
            return known;
        }
        GroupNest made = new GroupNest(owner);
        CURRENT.set(made);
        owner.onEnd(outcome -> made.abandonAll());
        return made;
    }

    @Nullable
    Group<?, ?> innermost() {
        return innermost;
    }

    void enter(Group<?, ?> group) {
        innermost = group;
    }

    void leave(Group<?, ?> group) {
        if (innermost == group) {
            innermost = group.outer();
        }
    }

    /** How many groups opened later than this one are open; none if this one is closed. */
    int countInside(Group<?, ?> group) {
        int inside = 0;
        for (Group<?, ?> each = innermost; each != null; each = each.outer()) {
            if (each == group) {
                return inside;
            }
            inside++;
        }
        return 0;
    }

    void closeInnermost() {
        Group<?, ?> group = innermost;
        if (group != null) {
            group.closeNow();
        }
    }

    private void abandonAll() {
        Group<?, ?> group = innermost;
        if (group == null) {
            return;
        }
        for (; group != null; group = group.outer()) {
            group.abandon();
        }
        throw new IllegalStateException("Green thread '" + owner.name()
                + "' ended without closing a group that it had opened: the members have been killed. Open groups in"
                + " try-with-resources.");
    }
}
