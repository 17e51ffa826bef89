package greenlet.hub;

import greenlet.GreenletExit;
import greenlet.hub.time.HubClock;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From spawn to outcome: what of a green thread is the same whatever the thread is made of.
 *
 * <p>Safe for use from any thread.
 *
 * @param <T> the type of its value
 */
final class Life<T extends @Nullable Object> {
    private static final Object BEGUN = new Object();

    /** The failure of one that failed when not even an outcome could be allocated. Made before that. */
    private static final Outcome<?> UNKEPT = new Outcome.Failed<>(
            new OutOfMemoryError("A green thread failed, and there was no memory left to keep its failure"));

    private static final VarHandle FATE = field("fate", Object.class);
    private static final VarHandle EXIT = field("exit", GreenletExit.class);

    private final String name;

    /** Never completed exceptionally: a failure is an outcome too. */
    private final CompletableFuture<Outcome<T>> done = new CompletableFuture<>();

    private final Callbacks<Outcome<T>> callbacks = new Callbacks<>();

    /** Null -> BEGUN // its first turn, after its delay; null -> the outcome // cancelled before that: the body never runs. */
    @SuppressWarnings("FieldMayBeFinal") // written through FATE
    private volatile @Nullable Object fate;

    /** Null until killed; never null again. Written through EXIT: the first kill wins. */
    private volatile @Nullable GreenletExit exit;

    Life(String name) {
        this.name = name;
    }

    /** Waits for the end of the delay, or until it is cancelled. An interrupt of a thread that has not begun is kept for its body. */
    void awaitDelay(Duration delay, HubClock clock) {
        if (!delay.isPositive()) {
            return;
        }
        long nanos = Closing.nanos(delay);
        long start = clock.nanos();
        boolean interrupted = false;
        for (long left = nanos; left > 0 && fate == null; left = nanos - (clock.nanos() - start)) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    boolean tryBegin() {
        return FATE.compareAndSet(this, (Object) null, BEGUN);
    }

    /** Ends it if it has not begun. Who asked is told by the thread itself, in {@link #endCancelled}: what they do may take long. */
    boolean tryCancel() {
        if (fate != null) {
            return false;
        }
        GreenletExit kill = exit;
        GreenletExit reason =
                kill != null ? kill : new GreenletExit("Green thread '" + name + "' was cancelled before it ran");
        Outcome<T> outcome = new Outcome.Exited<>(reason);
        if (!FATE.compareAndSet(this, (Object) null, outcome)) {
            return false;
        }
        done.complete(outcome);
        return true;
    }

    /** In a thread that did not begin: tells those who asked. */
    @SuppressWarnings("unchecked") // what tryCancel wrote
    void endCancelled(Consumer<Throwable> onFailure) {
        Outcome<T> outcome = (Outcome<T>) Objects.requireNonNull(fate);
        done.complete(outcome); // the canceller may not have come to it yet
        callbacks.fire(outcome, onFailure);
    }

    /** Marks it as killed. */
    void condemn() {
        if (exit == null) {
            EXIT.compareAndSet(this, null, new GreenletExit("Green thread '" + name + "' was killed"));
        }
    }

    @Nullable
    GreenletExit exit() {
        return exit;
    }

    Outcome<T> run(Body<T, ?> body) {
        try {
            return new Outcome.Returned<>(body.run());
        } catch (Throwable thrown) { // an outcome like any other: nobody may lose it
            return outcomeOf(thrown);
        }
    }

    /** Sets the outcome, unless there is one, and tells those who asked. */
    void end(Outcome<T> outcome, Consumer<Throwable> onFailure) {
        if (done.complete(outcome)) {
            callbacks.fire(outcome, onFailure);
        }
    }

    void onEnd(Consumer<? super Outcome<T>> callback, Consumer<Throwable> onFailure) {
        if (callbacks.add(callback)) {
            return;
        }
        Outcome<T> outcome = done.join();
        try {
            callback.accept(outcome);
        } catch (Throwable failure) {
            onFailure.accept(failure);
        }
    }

    boolean isOver() {
        return done.isDone();
    }

    @Nullable
    Outcome<T> outcome() {
        return done.getNow(null);
    }

    Outcome<T> await() throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("An outcome is never exceptional: please report this as a bug", e);
        }
    }

    /** Null if the time was up first. */
    @Nullable
    Outcome<T> await(long nanos) throws InterruptedException {
        try {
            return done.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new AssertionError("An outcome is never exceptional: please report this as a bug", e);
        }
    }

    /**
     * A killed thread that ends by its interrupt has exited; with anything else that it throws it has failed. Never throws: an end that got
     * lost would be waited for for ever.
     */
    @SuppressWarnings("unchecked") // it has no value
    Outcome<T> outcomeOf(Throwable thrown) {
        try {
            return judge(thrown);
        } catch (Throwable again) { // there is no memory left
            return (Outcome<T>) UNKEPT;
        }
    }

    private Outcome<T> judge(Throwable thrown) {
        if (thrown instanceof GreenletExit ended) {
            return new Outcome.Exited<>(ended);
        }
        GreenletExit killed = exit;
        if (killed != null && isByInterrupt(thrown)) {
            killed.addSuppressed(thrown);
            return new Outcome.Exited<>(killed);
        }
        return new Outcome.Failed<>(thrown);
    }

    private static boolean isByInterrupt(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof InterruptedIOException
                // A socket of java.net says only so: the JDK closes it when its reader is interrupted.
                || (thrown instanceof SocketException && "Closed by interrupt".equals(thrown.getMessage()));
    }

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(Life.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
