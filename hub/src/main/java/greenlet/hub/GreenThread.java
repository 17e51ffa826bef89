package greenlet.hub;

import greenlet.GreenletExit;
import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a green thread: a virtual thread that its {@link Hub} runs, one at a time with the hub's others.
 *
 * {@snippet :
 * GreenThread<String> page = hub.spawn(() -> fetch(uri));
 * String body = page.get();
 * }
 *
 * <p>States: spawned, running (ready or waiting included), ended with an {@link Outcome}. It never restarts.
 *
 * <p>What the body throws is the {@link Outcome.Failed outcome}, the identical object, and the cause of the
 * {@link ExecutionException} of {@link #get}.
 *
 * <p>Safe for use from any thread. What the green thread did happens before another thread sees its outcome.
 *
 * @param <T> the type of its value
 */
public final class GreenThread<T extends @Nullable Object> implements Future<T> {
    private static final VarHandle PHASE;

    private static final int SPAWNED = 0;
    private static final int RUNNING = 1;
    private static final int CANCELLED = 2;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(GreenThread.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Hub hub;
    private final GreenTask task;
    private final CompletableFuture<Outcome<T>> done = new CompletableFuture<>();

    /** SPAWNED -> RUNNING // its first turn; SPAWNED -> CANCELLED // cancelled before that, the body never runs. */
    @SuppressWarnings("unused") // through PHASE
    private volatile int phase = SPAWNED;

    /** Null until killed; never null again. */
    private volatile @Nullable GreenletExit kill;

    GreenThread(Hub hub, HubScheduler scheduler, String name, Body<T, ?> body) {
        this.hub = hub;
        this.task = scheduler.create(name, () -> runBody(body));
        task.attach(this);
    }

    /**
     * The handle of the calling green thread. Not a switch point.
     *
     * @return the caller's handle
     * @throws IllegalStateException if the caller is no green thread
     */
    public static GreenThread<?> current() {
        GreenTask current = HubScheduler.current();
        if (current == null || !(current.attachment() instanceof GreenThread<?> handle)) {
            throw new IllegalStateException("No current green thread: this is " + Thread.currentThread()
                    + ". Call it from code that a hub runs.");
        }
        return handle;
    }

    /**
     * The hub that runs it. Not a switch point.
     *
     * @return the hub
     */
    public Hub hub() {
        return hub;
    }

    /**
     * The {@link Thread} that it is. Not a switch point.
     *
     * @return the virtual thread
     */
    public Thread thread() {
        return task.thread();
    }

    /**
     * Its name, that of its thread. Not a switch point.
     *
     * @return the name
     */
    public String name() {
        return task.thread().getName();
    }

    /**
     * How it ended. Not a switch point.
     *
     * @return the outcome, or null if it has not ended
     */
    public @Nullable Outcome<T> outcome() {
        return done.getNow(null);
    }

    /**
     * Waits until it has ended. A switch point.
     *
     * @return how it ended
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     */
    public Outcome<T> join() throws InterruptedException {
        refuseOneself("join");
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("An outcome is never exceptional", e);
        }
    }

    /**
     * Kills it: interrupts it now, and {@code GreenletExit} is its outcome when that ends it. Not a switch point.
     * Does nothing if it has ended.
     */
    public void kill() {
        if (done.isDone()) {
            return;
        }
        if (kill == null) {
            kill = new GreenletExit("Green thread '" + name() + "' was killed");
        }
        if (!cancelUnstarted()) {
            task.thread().interrupt();
        }
    }

    /**
     * With {@code true} {@linkplain #kill kills} it; with {@code false} only prevents the body from running if it has not
     * begun. Not a switch point.
     *
     * @param mayInterruptIfRunning whether a body that runs is killed
     * @return true if it had not ended, and the body is killed or will not run
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (done.isDone()) {
            return false;
        }
        if (mayInterruptIfRunning) {
            kill();
            return true;
        }
        return cancelUnstarted();
    }

    @Override
    public boolean isCancelled() {
        return outcome() instanceof Outcome.Exited;
    }

    @Override
    public boolean isDone() {
        return done.isDone();
    }

    /**
     * Waits for the value. A switch point.
     *
     * @return what the body returned
     * @throws ExecutionException if the body threw, with that as cause
     * @throws CancellationException if it was killed
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseOneself("get the value of");
        return valueOf(done.get());
    }

    /**
     * Waits for the value, so long at most. A switch point.
     *
     * @throws TimeoutException if the time is up first
     * @throws ExecutionException if the body threw, with that as cause
     * @throws CancellationException if it was killed
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseOneself("get the value of");
        return valueOf(done.get(timeout, unit));
    }

    @Override
    public String toString() {
        Outcome<T> ended = outcome();
        return "GreenThread[" + name() + ", " + (ended == null ? task.thread().getState() : ended) + "]";
    }

    GreenTask task() {
        return task;
    }

    private void runBody(Body<T, ?> body) {
        if (!PHASE.compareAndSet(this, SPAWNED, RUNNING)) {
            return;
        }
        Outcome<T> outcome;
        try {
            outcome = new Outcome.Returned<>(body.run());
        } catch (Throwable thrown) { // an outcome like any other: nobody may lose it
            outcome = outcomeOf(thrown);
        }
        done.complete(outcome);
        if (outcome instanceof Outcome.Failed<T> failed) {
            hub.onUncaught(this, failed.failure());
        }
    }

    private Outcome<T> outcomeOf(Throwable thrown) {
        if (thrown instanceof GreenletExit exit) {
            return new Outcome.Exited<>(exit);
        }
        GreenletExit killed = kill;
        if (killed != null && thrown instanceof InterruptedException) {
            killed.addSuppressed(thrown);
            return new Outcome.Exited<>(killed);
        }
        return new Outcome.Failed<>(thrown);
    }

    private boolean cancelUnstarted() {
        if (!PHASE.compareAndSet(this, SPAWNED, CANCELLED)) {
            return false;
        }
        GreenletExit exit = kill;
        done.complete(new Outcome.Exited<>(
                exit == null ? new GreenletExit("Green thread '" + name() + "' was cancelled before it ran") : exit));
        return true;
    }

    private void refuseOneself(String attempt) {
        if (HubScheduler.current() == task) {
            throw new IllegalStateException("Green thread '" + name() + "' cannot " + attempt
                    + " itself: it would wait for ever. Return the value instead.");
        }
    }

    private static <T extends @Nullable Object> T valueOf(Outcome<T> outcome) throws ExecutionException {
        return switch (outcome) {
            case Outcome.Returned<T>(T value) -> value;
            case Outcome.Failed<T>(Throwable failure) -> throw new ExecutionException(failure);
            case Outcome.Exited<T>(GreenletExit exit) -> {
                CancellationException cancelled = new CancellationException(exit.getMessage());
                cancelled.initCause(exit);
                throw cancelled;
            }
        };
    }
}
