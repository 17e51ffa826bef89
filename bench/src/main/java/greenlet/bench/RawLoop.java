package greenlet.bench;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** The floor: a bare continuation that yields for ever, so that each run of it is one run and one yield. */
final class RawLoop {
    private static final ContinuationScope SCOPE = new ContinuationScope("floor");

    private final Continuation continuation;
    private Object value = "";

    /** Makes one that yields from the given number of frames below its entry. */
    RawLoop(int frames) {
        continuation = new Continuation(SCOPE, () -> descend(frames));
    }

    private int descend(int frames) {
        if (frames > 0) {
            return descend(frames - 1) + 1;
        }
        while (Continuation.yield(SCOPE)) {
            value = value.toString();
        }
        throw new AssertionError("pinned");
    }

    /** Runs it until it yields again, and passes a value both ways as a switch does. */
    Object bounce(Object sent) {
        value = sent;
        continuation.run();
        return value;
    }

    /** Makes a continuation that only starts and ends. */
    static Continuation oneShot(Runnable body) {
        return new Continuation(SCOPE, body);
    }
}
