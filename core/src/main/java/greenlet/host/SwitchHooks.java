package greenlet.host;

import greenlet.Greenlet;
import org.jspecify.annotations.Nullable;

/**
 * Swaps what an interpreter keeps per thread and its coroutines must have for themselves: frames, exception state,
 * recursion depth. Confined to the thread that {@link GreenletHost#setSwitchHooks} was called on.
 */
public interface SwitchHooks {
    /**
     * Called before control leaves a greenlet, on its stack. Must not switch. What it throws keeps control where it is;
     * {@link #restore} is not called then.
     *
     * @param leaving the current greenlet
     * @return what to keep for it; {@link GreenletHost#saved} reads it and {@link GreenletHost#setSaved} replaces it
     */
    @Nullable
    Object save(Greenlet leaving);

    /**
     * Called when control has reached a greenlet, on its stack, before anything else there, and when it could not leave
     * after {@link #save}. Must not switch. What it throws is thrown there instead of what was on its way.
     *
     * @param entering the greenlet that is current now
     * @param saved what was kept for it; null if nothing was, as in a new one
     */
    void restore(Greenlet entering, @Nullable Object saved);
}
