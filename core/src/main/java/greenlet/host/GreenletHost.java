package greenlet.host;

import greenlet.Greenlet;
import greenlet.internal.Handles;
import greenlet.internal.HostPolicies;
import greenlet.internal.Strand;
import greenlet.internal.Tree;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedder's side of greenlets. Errors come as the closed kinds of {@link greenlet.GreenletException}: a
 * {@code switch} over them maps each to the host language's own.
 *
 * <p>Per-thread calls are confined to their thread; {@link #saved}, {@link #setSaved}, {@link #attachment},
 * {@link #attach} and {@link #setPolicy} may be called from any thread. No method is a switch point, except
 * {@link #drain}.
 */
public final class GreenletHost {
    private GreenletHost() {}

    /**
     * Sets the hooks around each switch of the calling thread.
     *
     * @param hooks the hooks, or null for none
     */
    public static void setSwitchHooks(@Nullable SwitchHooks hooks) {
        Tree.ofThisThread().setSwitchHooks(hooks);
    }

    /**
     * Sets what is decided for all threads.
     *
     * @param policy the policy, or null for the default
     */
    public static void setPolicy(@Nullable HostPolicy policy) {
        HostPolicies.set(policy);
    }

    /**
     * Creates a greenlet whose body is looked up at the first switch to it: in the greenlet that switches, before
     * control moves. The look-up may run any code, switch, and even start this same greenlet; the pending switch is then
     * an ordinary one. What it throws is thrown by the switch, and the greenlet stays unstarted. If it is started by the
     * death of a child, the look-up runs in the new greenlet itself.
     *
     * @param name its name
     * @param lookup finds the body; run once, unless it fails
     * @return a new, unstarted greenlet, whose parent is the current one
     */
    public static Greenlet ofLateBody(String name, Supplier<Greenlet.Body> lookup) {
        return Greenlet.of(name, HostPolicies.late(Objects.requireNonNull(lookup, "lookup")));
    }

    /**
     * Returns what the hooks saved for a suspended greenlet.
     *
     * @param greenlet a greenlet
     * @return what was saved or set last; null if nothing was, or it runs
     */
    public static @Nullable Object saved(Greenlet greenlet) {
        return strand(greenlet).saved();
    }

    /**
     * Replaces what its hooks will restore when control next reaches a greenlet.
     *
     * @param greenlet a greenlet that is unstarted or suspended; for a running one it is overwritten by what the hooks save
     *     when control leaves it
     * @param saved what {@link SwitchHooks#restore} will get
     */
    public static void setSaved(Greenlet greenlet, @Nullable Object saved) {
        strand(greenlet).setSaved(saved);
    }

    /**
     * Returns what the host attached to a greenlet.
     *
     * @param greenlet a greenlet
     * @return its attachment, or null
     */
    public static @Nullable Object attachment(Greenlet greenlet) {
        return strand(greenlet).attachment();
    }

    /**
     * Attaches one object to a greenlet: the host's own coroutine, usually.
     *
     * @param greenlet a greenlet
     * @param attachment the object, or null for none
     */
    public static void attach(Greenlet greenlet, @Nullable Object attachment) {
        strand(greenlet).attach(attachment);
    }

    /**
     * Unwinds now, on the calling thread, those of its greenlets that the collector has found to be unreachable; else
     * that happens at the next switch. A switch point.
     *
     * @return how many were unwound
     */
    public static int drain() {
        return Tree.ofThisThread().drain();
    }

    /**
     * Counts the calling thread's greenlets.
     *
     * @return the counts at this moment
     */
    public static GreenletCounts counts() {
        return Tree.ofThisThread().counts();
    }

    private static Strand strand(Greenlet greenlet) {
        return Handles.strandOf(greenlet);
    }
}
