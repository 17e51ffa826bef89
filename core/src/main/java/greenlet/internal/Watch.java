package greenlet.internal;

import greenlet.SwitchEvent;
import greenlet.SwitchListener;
import greenlet.host.SwitchHooks;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens around each switch of a tree that somebody watches: strict mode's check before, the host's hooks on both
 * sides, the listener after. Confined to the tree's thread.
 */
final class Watch {
    private final Tree tree;
    private final @Nullable SwitchHooks hooks;
    private final @Nullable SwitchListener listener;

    /** Greenlets inside a call of the listener: what reaches one of them is a part of that call and is not reported. */
    private final Set<Strand> listening = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Who left or died last; taken by whoever arrives. Null while there is nothing to restore. */
    private @Nullable Strand departed;

    private Watch(Tree tree, @Nullable SwitchHooks hooks, @Nullable SwitchListener listener) {
        this.tree = tree;
        this.hooks = hooks;
        this.listener = listener;
    }

    static @Nullable Watch ofNewTree(Tree tree) {
        return of(tree, null, null);
    }

    /** Returns null if there is nothing to watch for. */
    static @Nullable Watch of(Tree tree, @Nullable SwitchHooks hooks, @Nullable SwitchListener listener) {
        return hooks == null && listener == null && !Settings.STRICT ? null : new Watch(tree, hooks, listener);
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
        if (listener == null || !listening.add(target)) {
            return arrived;
        }
        try {
            listener.onSwitch(event(origin, target, arrived instanceof Thrown));
            return arrived;
        } catch (Throwable failure) {
            tree.dropListener(listener);
            return new Thrown(failure);
        } finally {
            listening.remove(target);
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
