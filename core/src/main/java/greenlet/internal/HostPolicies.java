package greenlet.internal;

import greenlet.Greenlet;
import greenlet.GreenletExit;
import greenlet.host.HostPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the host of all threads has decided: {@code greenlet.host.GreenletHost} is the way in. */
public final class HostPolicies {
    private static final HostPolicy DEFAULT = new HostPolicy() {};

    private static volatile HostPolicy policy = DEFAULT;

    /** A body that is still to be found. */
    record LateBody(Supplier<Greenlet.Body> lookup) implements Greenlet.Body {
        @Override
        public @Nullable Object run(@Nullable Object first) throws Throwable {
            return lookup.get().run(first);
        }
    }

    private HostPolicies() {}

    /**
     * Sets the policy.
     *
     * @param chosen the policy, or null for the default
     */
    public static void set(@Nullable HostPolicy chosen) {
        policy = chosen == null ? DEFAULT : chosen;
    }

    /**
     * Makes a body that is looked up when it is needed.
     *
     * @param lookup finds the body
     * @return the body to create a greenlet with
     */
    public static Greenlet.Body late(Supplier<Greenlet.Body> lookup) {
        return new LateBody(lookup);
    }

    static boolean isExit(Throwable thrown) {
        return thrown instanceof GreenletExit || policy.isExit(thrown);
    }

    /** Nothing that a handler throws may reach the switch that happened to unwind the greenlet. */
    static void unraisable(Strand dead, Throwable thrown) {
        try {
            policy.unraisable(Handles.of(dead), thrown);
        } catch (RuntimeException | Error failure) {
            thrown.addSuppressed(failure);
        }
    }
}
