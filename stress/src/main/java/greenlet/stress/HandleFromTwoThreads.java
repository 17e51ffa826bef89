package greenlet.stress;

import greenlet.Greenlet;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A main greenlet, asked for by two threads at once as somebody's parent, is one object with all that it needs. Its handle
 * is made at the first request, so each try has a thread of its own.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the same whole handle")
@Outcome(expect = Expect.FORBIDDEN, desc = "two handles of one greenlet, or half of one")
public class HandleFromTwoThreads {
    private @Nullable Greenlet child;
    private @Nullable Greenlet one;
    private @Nullable Greenlet other;
    private boolean isOneNamed;
    private boolean isOtherNamed;

    /** Makes one whose parent has no handle yet. */
    public HandleFromTwoThreads() {
        try {
            Thread.ofVirtual()
                    .start(() -> child = Greenlet.of("child", first -> first))
                    .join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Greenlet parent() {
        Greenlet child = this.child;
        return child == null ? null : child.parent();
    }

    /** A thread. */
    @Actor
    public void one() {
        Greenlet parent = parent();
        isOneNamed = parent != null && parent.name().equals("main");
        one = parent;
    }

    /** The other thread. */
    @Actor
    public void other() {
        Greenlet parent = parent();
        isOtherNamed = parent != null && parent.name().equals("main");
        other = parent;
    }

    /** Afterwards. */
    @Arbiter
    @SuppressWarnings("ReferenceEquality") // the same object is the promise
    public void compare(ZZ_Result result) {
        result.r1 = one == other;
        result.r2 = isOneNamed && isOtherNamed;
    }
}
