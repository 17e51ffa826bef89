package greenlet.launch;

import greenlet.Greenlet;
import greenlet.SwitchEvent;
import greenlet.SwitchListener;
import greenlet.host.SwitchHooks;
import org.jspecify.annotations.Nullable;

/** What watches the switches of {@link StackEnd}: an embedder with one word of state for each greenlet, and a counter. */
final class StackEndHost implements SwitchHooks, SwitchListener {
    /** The running greenlet's. */
    @Nullable
    Object loaded = new Object();

    /** How often a greenlet went on with another's. */
    int lost;

    int reported;

    @Override
    public @Nullable Object save(Greenlet leaving) {
        Object was = loaded;
        loaded = null;
        return was;
    }

    @Override
    public void restore(Greenlet entering, @Nullable Object saved) {
        loaded = saved == null ? new Object() : saved;
    }

    @Override
    public void onSwitch(SwitchEvent event) {
        reported++;
    }
}
