package greenlet.hub.internal.jdk;

import java.util.concurrent.locks.AbstractQueuedSynchronizer.ConditionObject;
import org.jspecify.annotations.Nullable;

/**
 * What a green thread of a closing hub dies of when it goes on: thrown by whatever it waits in.
 *
 * @param error what is thrown
 * @param condition what it waits for if that is a condition of a lock: such a wait is left with the lock held, as its callers expect
 */
record Doom(Error error, @Nullable ConditionObject condition) {
    /** Called in the doomed thread, as the first thing when it goes on: makes its wait one that can be left, if that is possible. */
    boolean canStrike() {
        return condition == null || ConditionExit.leave(condition, Thread.currentThread());
    }
}
