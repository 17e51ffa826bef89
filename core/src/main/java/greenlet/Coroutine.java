package greenlet;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with code that keeps its place: resumed with a value, it answers with a value and waits for the next.
 *
 * <pre>{@code
 * Coroutine<Integer, Integer> sum = Coroutine.of((first, self) -> {
 *     int total = first;
 *     while (total < 100) total += self.yield(total);
 *     return total;
 * });
 * sum.resume(40); // 40
 * sum.resume(2); // 42
 * sum.resume(60); // 102, and it is dead
 * }</pre>
 *
 * <p>Between two equals use {@link Greenlet}; for elements without input, {@link Generator}.
 *
 * <p><b>States</b>: see {@link State}. <b>Failures</b>: what the body throws comes out of {@link #resume} as the identical
 * object, checked or not, and the coroutine is dead. Misuse throws an {@link IllegalStateException}, or a
 * {@link GreenletException} if it is the greenlet's, and changes nothing. <b>Nulls</b> are values like any other.
 *
 * <p>Confined to the thread that resumes it first; any greenlet of that thread may resume it next.
 *
 * <p><b>Memory effects</b>: none are needed within a thread. <b>Limits</b>: none of its own beside a greenlet's.
 *
 * @param <I> what it is resumed with
 * @param <O> what it answers with
 */
public final class Coroutine<I extends @Nullable Object, O extends @Nullable Object> implements AutoCloseable {
    /**
     * Where a coroutine is in its life. Immutable.
     *
     * <pre>
     * UNSTARTED -&gt; RUNNING   // first resume
     * RUNNING   -&gt; SUSPENDED // it yielded
     * SUSPENDED -&gt; RUNNING   // resume, or close
     * RUNNING   -&gt; NORMAL    // it resumed or switched to another
     * NORMAL    -&gt; RUNNING   // the other came back
     * RUNNING   -&gt; DEAD      // its body returned or threw
     * UNSTARTED -&gt; DEAD      // closed before it ran
     * </pre>
     */
    public enum State {
        /** Never resumed. */
        UNSTARTED,
        /** It has yielded, and waits to be resumed. */
        SUSPENDED,
        /** It is what its thread runs now. */
        RUNNING,
        /** It has not yielded, but waits for another that it resumed or switched to. */
        NORMAL,
        /** Its body is over. */
        DEAD
    }

    /**
     * What a coroutine runs.
     *
     * @param <I> what it is resumed with
     * @param <O> what it answers with
     */
    @FunctionalInterface
    public interface Body<I extends @Nullable Object, O extends @Nullable Object> {
        /**
         * Runs the coroutine.
         *
         * @param first what it is resumed with first
         * @param self what it yields with
         * @return the last answer
         * @throws Throwable anything: the identical object is thrown where it was resumed
         */
        O run(I first, Self<I, O> self) throws Throwable;
    }

    /**
     * What a body yields with. Confined to its coroutine's thread.
     *
     * @param <I> what the coroutine is resumed with
     * @param <O> what it answers with
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // "yield" is the word for it, and nobody calls it unqualified
    public static final class Self<I extends @Nullable Object, O extends @Nullable Object> {
        private final Semicoroutine<I, O> inside;

        private Self(Semicoroutine<I, O> inside) {
            this.inside = inside;
        }

        /**
         * Answers and waits to be resumed. A switch point.
         *
         * @param answer what the pending {@link Coroutine#resume} returns, may be null
         * @return what it is resumed with
         * @throws IllegalStateException if the caller is not the coroutine's body or something that it calls
         * @throws GreenletException.Pinned if the body's stack cannot be suspended
         * @throws GreenletExit if the coroutine is closed meanwhile
         */
        public I yield(O answer) {
            return inside.yield(answer);
        }
    }

    private final Semicoroutine<I, O> inside;

    private Coroutine(String description, Body<I, O> body) {
        inside = new Semicoroutine<>(description, first -> body.run(first, self()));
    }

    private Self<I, O> self() {
        return new Self<>(inside);
    }

    /**
     * Creates a coroutine; its body runs when it is resumed first. Not a switch point.
     *
     * @param <I> what it is resumed with
     * @param <O> what it answers with
     * @param body what it runs
     * @return a new coroutine
     */
    public static <I extends @Nullable Object, O extends @Nullable Object> Coroutine<I, O> of(Body<I, O> body) {
        return new Coroutine<>(Semicoroutine.describe("coroutine", body), body);
    }

    /**
     * Creates a coroutine with a name. Not a switch point.
     *
     * @param <I> what it is resumed with
     * @param <O> what it answers with
     * @param name what messages, reports and {@link #toString} call it
     * @param body what it runs
     * @return a new coroutine
     */
    public static <I extends @Nullable Object, O extends @Nullable Object> Coroutine<I, O> of(
            String name, Body<I, O> body) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        return new Coroutine<>("coroutine '" + name + "'", body);
    }

    /**
     * Runs the coroutine until it yields or ends; {@link #state} tells which. A switch point.
     *
     * @param value the body's argument at first, later what its yield returns; may be null
     * @return what it yields or returns
     * @throws IllegalStateException if it is running or dead
     * @throws GreenletException.WrongThread if it was started on another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public O resume(I value) {
        return inside.resume("resume", value);
    }

    /**
     * Resumes like {@link #resume(Object)} and lets the caller catch a checked exception of the body. The type is a
     * declaration only: exceptions of other types pass as well. A switch point.
     *
     * @param <X> the exception that the caller wants to catch
     * @param value the body's argument at first, later what its yield returns; may be null
     * @param mayThrow the exception that the caller wants to catch
     * @return what it yields or returns
     * @throws X if the body throws it
     * @throws IllegalStateException if it is running or dead
     * @throws GreenletException.WrongThread if it was started on another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public <X extends Throwable> O resume(I value, Class<X> mayThrow) throws X {
        Objects.requireNonNull(mayThrow, "mayThrow");
        return resume(value);
    }

    /**
     * Returns its state. Not a switch point.
     *
     * @return the state, which stays until the next switch point
     */
    public State state() {
        return switch (inside.stage()) {
            case UNSTARTED, DELEGATED -> State.UNSTARTED; // coroutines never delegate
            case SUSPENDED -> State.SUSPENDED;
            case RESUMING, RUNNING -> inside.isCurrent() ? State.RUNNING : State.NORMAL;
            case OVER -> State.DEAD;
        };
    }

    /**
     * Ends the coroutine. A suspended body gets a {@link GreenletExit} from its yield, which runs its finally blocks; an
     * unstarted one never runs; a dead one is left alone. A switch point.
     *
     * @throws IllegalStateException if its body is running, or caught the exit and yielded again
     * @throws GreenletException.WrongThread if it was started on another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    @Override
    public void close() {
        inside.close();
    }

    @Override
    public String toString() {
        return "Coroutine[" + inside + " " + inside.stage() + "]";
    }
}
