package greenlet.stress;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A planted bug, made like a handle but without its lock: the run of it must fail. */
@JCStressTest
@State
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the same object")
@Outcome(expect = Expect.FORBIDDEN, desc = "two objects: the planted bug")
public class PlantedLazyField {
    private @Nullable Object lazy;
    private @Nullable Object one;
    private @Nullable Object other;

    private Object lazy() {
        Object known = lazy;
        if (known == null) {
            known = new Object();
            lazy = known;
        }
        return known;
    }

    /** A thread. */
    @Actor
    public void one() {
        one = lazy();
    }

    /** The other thread. */
    @Actor
    public void other() {
        other = lazy();
    }

    /** Afterwards. */
    @Arbiter
    @SuppressWarnings("ReferenceEquality") // the same object is the question
    public void compare(Z_Result result) {
        result.r1 = one == other;
    }
}
