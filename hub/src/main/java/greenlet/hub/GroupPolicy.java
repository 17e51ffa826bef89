package greenlet.hub;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a {@link Group} has what it was opened for, and what {@link Group#join()} makes of it.
 *
 * <p>Immutable.
 *
 * @param <T> the type of the members' values
 * @param <R> the type of what join returns
 */
public final class GroupPolicy<T extends @Nullable Object, R extends @Nullable Object> {
    private final Supplier<Verdict<T, R>> verdicts;

    private GroupPolicy(Supplier<Verdict<T, R>> verdicts) {
        this.verdicts = verdicts;
    }

    /**
     * All are needed: the first member that fails, or is killed by somebody else, has the others killed, and join throws. Otherwise join returns all
     * values in the order of spawning, null for a member that has none. The default. Not a switch point.
     *
     * @param <T> the type of the members' values
     * @return the policy
     */
    public static <T extends @Nullable Object> GroupPolicy<T, List<T>> failFast() {
        return new GroupPolicy<>(Verdict.FailFast::new);
    }

    /**
     * Every outcome is of interest: nobody is killed, and join returns all outcomes in the order of spawning. Not a switch point.
     *
     * @param <T> the type of the members' values
     * @return the policy
     */
    public static <T extends @Nullable Object> GroupPolicy<T, List<Outcome<T>>> collectAll() {
        return new GroupPolicy<>(Verdict.CollectAll::new);
    }

    /**
     * One is enough: the first member that returns has the others killed, and join returns its value. It throws if all failed, or
     * there was none. What losers throw is lost. Not a switch point.
     *
     * @param <T> the type of the members' values
     * @return the policy
     */
    public static <T extends @Nullable Object> GroupPolicy<T, T> firstSuccess() {
        return new GroupPolicy<>(Verdict.FirstSuccess::new);
    }

    /**
     * Each for itself: a member's failure ends only that member, and the hub's handler of uncaught exceptions is told, as for
     * any green thread. Join waits for all, and returns how many failed. Nothing of a member that has ended is kept. Not a switch point.
     *
     * @param <T> the type of the members' values
     * @return the policy
     */
    public static <T extends @Nullable Object> GroupPolicy<T, Integer> supervise() {
        return new GroupPolicy<>(Verdict.Supervise::new);
    }

    Verdict<T, R> newVerdict() {
        return verdicts.get();
    }
}
