package greenlet.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one group comes to, by its policy. All calls are made under the group's lock.
 *
 * @param <T> the type of the members' values
 * @param <R> the type of the result
 */
abstract sealed class Verdict<T extends @Nullable Object, R extends @Nullable Object> {
    /** Whether failures go to whoever joins; else the hub's handler is told of each, as for any green thread. */
    boolean takesFailures() {
        return true;
    }

    void onSpawned(GreenThread<T> member) {}

    /** A member has ended; true if the rest is no longer needed. */
    abstract boolean onEnded(GreenThread<T> member, Outcome<T> outcome);

    /** Once a member's end has decided, or all have ended. */
    abstract R result();

    /** The values of all, or the first failure. */
    static final class FailFast<T extends @Nullable Object> extends Verdict<T, List<T>> {
        private final List<GreenThread<T>> members = new ArrayList<>();
        private @Nullable GreenThread<T> first;

        @Override
        void onSpawned(GreenThread<T> member) {
            members.add(member);
        }

        @Override
        boolean onEnded(GreenThread<T> member, Outcome<T> outcome) {
            if (first == null && !(outcome instanceof Outcome.Returned<T>)) {
                first = member;
                return true;
            }
            return false;
        }

        @Override
        List<T> result() {
            GreenThread<T> failed = first;
            if (failed != null) {
                throw failure("Member '" + failed.name() + "' of a group that needs all its members failed", failed);
            }
            List<T> values = new ArrayList<>(members.size());
            for (GreenThread<T> member : members) {
                if (member.outcome() instanceof Outcome.Returned<T>(T value)) {
                    values.add(value);
                }
            }
            return values;
        }
    }

    /** The outcomes of all. */
    static final class CollectAll<T extends @Nullable Object> extends Verdict<T, List<Outcome<T>>> {
        private final List<GreenThread<T>> members = new ArrayList<>();

        @Override
        void onSpawned(GreenThread<T> member) {
            members.add(member);
        }

        @Override
        boolean onEnded(GreenThread<T> member, Outcome<T> outcome) {
            return false;
        }

        @Override
        List<Outcome<T>> result() {
            List<Outcome<T>> outcomes = new ArrayList<>(members.size());
            for (GreenThread<T> member : members) {
                Outcome<T> outcome = member.outcome();
                if (outcome != null) {
                    outcomes.add(outcome);
                }
            }
            return outcomes;
        }
    }

    /** The first value, or the first failure if there is none. */
    static final class FirstSuccess<T extends @Nullable Object> extends Verdict<T, T> {
        private Outcome.@Nullable Returned<T> winner;
        private @Nullable GreenThread<T> firstLoser;

        @Override
        boolean onEnded(GreenThread<T> member, Outcome<T> outcome) {
            if (winner == null && outcome instanceof Outcome.Returned<T> returned) {
                winner = returned;
                return true;
            }
            if (firstLoser == null) {
                firstLoser = member;
            }
            return false;
        }

        @Override
        T result() {
            Outcome.Returned<T> won = winner;
            if (won != null) {
                return won.value();
            }
            GreenThread<T> lost = firstLoser;
            if (lost == null) {
                throw new IllegalStateException(
                        "Cannot join a group for its first success: it has no member. Spawn one before.");
            }
            throw failure("All members of a group that needs one success failed, first '" + lost.name() + "'", lost);
        }
    }

    /** How many failed. */
    static final class Supervise<T extends @Nullable Object> extends Verdict<T, Integer> {
        private int failed;

        @Override
        boolean takesFailures() {
            return false;
        }

        @Override
        boolean onEnded(GreenThread<T> member, Outcome<T> outcome) {
            if (outcome instanceof Outcome.Failed<T>) {
                failed++;
            }
            return false;
        }

        @Override
        Integer result() {
            return failed;
        }
    }

    private static GroupFailedException failure(String what, GreenThread<?> member) {
        Outcome<?> outcome = Objects.requireNonNull(member.outcome());
        Throwable cause = switch (outcome) {
            case Outcome.Failed<?> failed -> failed.failure();
            case Outcome.Exited<?> exited -> exited.exit();
            case Outcome.Returned<?> returned ->
                throw new AssertionError("It failed with " + returned + ": please report this as a bug");
        };
        return new GroupFailedException(what + ": " + cause + ". The cause is what it threw.", cause);
    }
}
