package greenlet.internal;

import greenlet.SwitchEvent;
import greenlet.SwitchListener;
import greenlet.host.SwitchHooks;
import org.jspecify.annotations.Nullable;

/**
 * What happens around each switch of a tree that somebody watches: strict mode's check before, the host's hooks on both
 * sides, the listener after. Confined to the tree's thread.
 */
final class Watch {
    private final Tree tree;

    // Changed in place: one may be set by a call of the other, or of itself, and that call is still to be finished.
    private @Nullable SwitchHooks hooks;
    private @Nullable SwitchListener listener;

    /** Who left or died last; taken by whoever arrives. Null while there is nothing to restore. */
    private @Nullable Strand departed;

    private Watch(Tree tree, @Nullable SwitchHooks hooks, @Nullable SwitchListener listener) {
        this.tree = tree;
        this.hooks = hooks;
        this.listener = listener;
    }

    static @Nullable Watch ofNewTree(Tree tree) {
        return of(tree, null, null, null);
    }

    /** Returns the old one, changed, or a new one; null if there is nothing to watch for. */
    static @Nullable Watch of(
            Tree tree, @Nullable Watch old, @Nullable SwitchHooks hooks, @Nullable SwitchListener listener) {
        if (hooks == null && listener == null && !Settings.STRICT) {
            return null;
        }
        if (old == null) {
            return new Watch(tree, hooks, listener);
        }
        old.hooks = hooks;
        old.listener = listener;
        return old;
    }

    @Nullable
    SwitchHooks hooks() {
        return hooks;
    }

    @Nullable
    SwitchListener listener() {
        return listener;
    }

    void ensureMayLeave(Strand leaving) {
        if (Settings.STRICT) {
            tree.ensureNoMonitorHeld(leaving);
        }
    }

    void leaving(Strand origin) {
        if (hooks != null) {
            origin.setSaved(null); // makes room for what is saved, while there is nothing to lose
            origin.setSaved(hooks.save(Handles.of(origin)));
        }
        departed = origin;
    }

    /** It could not leave after all, or the way back failed. Where the hooks themselves did, there is nothing to restore. */
    void stayed(Strand origin) {
        if (departed != null) {
            departed = null;
            restore(origin);
        }
    }

    void died(Strand dead) {
        departed = dead;
    }

    /** Control has reached a greenlet; what is thrown here replaces what arrived. */
    @Nullable
    Object arrived(Strand target, @Nullable Object arrived) {
        Strand origin = departed;
        if (origin == null) {
            origin = target; // control never left
        } else {
            departed = null;
            restore(target);
        }
        SwitchListener listener = this.listener;
        if (listener == null || !target.beginListening()) {
            return arrived;
        }
        try {
            listener.onSwitch(event(origin, target, arrived instanceof Thrown));
            return arrived;
        } catch (Throwable failure) {
            tree.dropListener(listener);
            return new Thrown(failure);
        } finally {
            target.endListening();
        }
    }

    private void restore(Strand target) {
        if (hooks != null) {
            Object saved = target.saved();
            target.setSaved(null);
            hooks.restore(Handles.of(target), saved);
        }
    }

    private static SwitchEvent event(Strand origin, Strand target, boolean thrown) {
        return thrown
                ? new SwitchEvent.Throw(Handles.of(origin), Handles.of(target))
                : new SwitchEvent.Switch(Handles.of(origin), Handles.of(target));
    }
}
