package greenlet.hub;

import greenlet.GreenletExit;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final int SPAWNED = 0;
    private static final int BEGUN = 1;
    private static final int CANCELLED = 2;

    private static final VarHandle PHASE = field("phase", int.class);
    private static final VarHandle EXIT = field("exit", GreenletExit.class);

    private final String name;

    /** Never completed exceptionally: a failure is an outcome too. */
    private final CompletableFuture<Outcome<T>> done = new CompletableFuture<>();

    private final Callbacks<Outcome<T>> callbacks = new Callbacks<>();

    /** SPAWNED -> BEGUN // its first turn, after its delay; SPAWNED -> CANCELLED // before that: the body never runs. */
    @SuppressWarnings("FieldMayBeFinal") // written through PHASE
    private volatile int phase = SPAWNED;

    /** Null until killed; never null again. Written through EXIT: the first kill wins. */
    private volatile @Nullable GreenletExit exit;

    Life(String name) {
        this.name = name;
    }

    /** Waits for the end of the delay; false if it was cancelled meanwhile. */
    boolean awaitDelay(Duration delay) {
        if (!delay.isPositive()) {
            return true;
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            // An interrupt of a thread that has not begun is kept for its body, unless it meant a cancellation.
            Thread.currentThread().interrupt();
        }
        return phase == SPAWNED;
    }

    boolean tryBegin() {
        return PHASE.compareAndSet(this, SPAWNED, BEGUN);
    }

    /** Ends it if it has not begun. */
    boolean tryCancel() {
        if (!PHASE.compareAndSet(this, SPAWNED, CANCELLED)) {
            return false;
        }
        GreenletExit kill = exit;
        GreenletExit reason =
                kill != null ? kill : new GreenletExit("Green thread '" + name + "' was cancelled before it ran");
        end(new Outcome.Exited<>(reason), failure -> {});
        return true;
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

    /** A killed thread that ends by its interrupt has exited; with anything else that it throws it has failed. */
    Outcome<T> outcomeOf(Throwable thrown) {
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
