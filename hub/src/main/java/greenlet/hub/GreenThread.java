package greenlet.hub;

import greenlet.GreenletExit;
import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a green thread: a virtual thread that its {@link Hub} runs, one at a time with the hub's others.
 *
 * {@snippet :
 * GreenThread<String> page = hub.spawn(() -> fetch(uri));
 * page.onEnd(outcome -> log(outcome));
 * String body = page.get();
 * }
 *
 * <p>States: spawned, running (ready or waiting included), ended with an {@link Outcome}. It never restarts. A virtual thread
 * that code on a hub makes by other means belongs to the hub too and has a handle; its value is not known, and is null. So it is if it
 * dies of an exception and has set an {@link Thread.UncaughtExceptionHandler} of its own, which alone is told then.
 *
 * <p>Failures: what the body throws is its {@linkplain Outcome.Failed outcome}, the identical object, the cause of the
 * {@link ExecutionException} of {@link #get()}, and what the hub's handler of uncaught exceptions is told.
 *
 * <p>Kill: {@link #kill()} sets a mark that stays and interrupts the thread, now and whenever it waits from then on, until
 * it ends. In the methods of this package that are switch points it raises {@link GreenletExit}, elsewhere what the JDK throws
 * at an interrupt. A socket that is read is closed by that, as the JDK does at every interrupt of a virtual thread.
 *
 * <p>Safe for use from any thread. What the green thread did happens before another thread sees its outcome.
 *
 * @param <T> the type of its value
 */
public final class GreenThread<T extends @Nullable Object> implements Future<T> {
    private final Hub hub;
    private final GreenTask task;
    private final Life<T> life;

    /** False if the hub did not wrap the body: then only the thread's end tells that it has ended. */
    private final boolean bodyIsOurs;

    /** For a thread that the hub makes. */
    GreenThread(Hub hub, HubScheduler scheduler, String name, Duration delay, Body<T, ?> body) {
        this.hub = hub;
        this.life = new Life<>(name);
        this.bodyIsOurs = true;
        this.task = scheduler.create(name, () -> runBody(delay, body), GreenTask.Origin.SPAWNED);
        task.attach(this);
    }

    /** For a thread that came by inheritance or from the hub's thread factory: what its value is nobody knows. */
    GreenThread(Hub hub, GreenTask task) {
        this.hub = hub;
        this.task = task;
        this.life = new Life<>(task.thread().getName());
        this.bodyIsOurs = false;
        life.tryBegin();
    }

    /**
     * The handle of the calling green thread, also of one that the hub did not spawn itself. Not a switch point.
     *
     * @return the caller's handle
     * @throws IllegalStateException if the caller is no green thread
     */
    public static GreenThread<?> current() {
        GreenThread<?> current = currentOrNull();
        if (current == null) {
            throw new IllegalStateException("Cannot get the current green thread: this is " + Thread.currentThread()
                    + ", which no hub runs. Call it from code that a hub runs, such as the body of Hub.run.");
        }
        return current;
    }

    /**
     * Lets the other ready green threads run. A switch point.
     *
     * @throws GreenletExit if the caller has been killed
     */
    @SuppressWarnings("ThreadPriorityCheck") // the scheduler is the hub, and a turn for the others is what is asked
    public static void yieldTurn() {
        requireAlive();
        Thread.yield();
        requireAlive();
    }

    /**
     * Waits. A switch point.
     *
     * @param duration how long
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws GreenletExit if the caller is or has been killed
     */
    public static void sleep(Duration duration) throws InterruptedException {
        awaiting(() -> {
            Thread.sleep(duration);
            return true;
        });
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
        return life.outcome();
    }

    /**
     * Has someone told when it has ended: the green thread itself tells, on its hub, after its outcome is set, in the order in which they
     * asked, even if it was killed or cancelled before it began; if it has ended and told already, the caller tells at once. What a callback
     * throws goes to the hub's handler of uncaught exceptions and stops no other callback. Not a switch point, but a callback may contain
     * some.
     *
     * @param callback told the outcome
     */
    public void onEnd(Consumer<? super Outcome<T>> callback) {
        life.onEnd(callback, this::reportCallback);
    }

    /**
     * Waits until it has ended. A switch point.
     *
     * @return how it ended
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     * @throws GreenletExit if the caller is or has been killed
     */
    public Outcome<T> join() throws InterruptedException {
        refuseOneself("join");
        return awaitingEnd(life::await);
    }

    /**
     * Waits until it has ended, so long at most. A switch point.
     *
     * @param timeout how long
     * @return how it ended, or null if the time was up first
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     * @throws GreenletExit if the caller is or has been killed
     */
    public @Nullable Outcome<T> join(Duration timeout) throws InterruptedException {
        refuseOneself("join");
        return this.<@Nullable Outcome<T>>awaitingEnd(() -> life.await(Closing.nanos(timeout)));
    }

    /**
     * Kills it; see the class. If it has not begun its body never runs and it has its outcome at once; if it has ended nothing happens. Does
     * not wait: follow it with {@link #join(Duration)} for that. A green thread that kills itself goes on until its next switch point. Not a switch point.
     */
    public void kill() {
        if (life.isOver()) {
            return;
        }
        life.condemn();
        life.tryCancel();
        task.condemn();
    }

    /**
     * With {@code true} {@linkplain #kill() kills} it; with {@code false} prevents a body that has not begun from running, and else
     * does nothing. Other than {@link Future} says, {@code true} does not promise that {@link #isCancelled()} follows: a killed body may still
     * return or fail, and its outcome is then that. Not a switch point.
     *
     * @param mayInterruptIfRunning whether a body that runs is killed
     * @return true if it had not ended, and the body is killed or will not run
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (life.isOver()) {
            return false;
        }
        if (mayInterruptIfRunning) {
            kill();
            return true;
        }
        boolean cancelled = life.tryCancel();
        if (cancelled) {
            LockSupport.unpark(task.thread()); // it may be waiting for the end of its delay
        }
        return cancelled;
    }

    @Override
    public boolean isCancelled() {
        return outcome() instanceof Outcome.Exited;
    }

    @Override
    public boolean isDone() {
        return life.isOver();
    }

    /**
     * Waits for the value. A switch point.
     *
     * @return what the body returned
     * @throws ExecutionException if the body threw, with that as cause
     * @throws CancellationException if it was killed or ended itself with {@link GreenletExit}, with that as cause
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     * @throws GreenletExit if the caller is or has been killed
     */
    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseOneself("get the value of");
        return valueOf(awaitingEnd(life::await));
    }

    /**
     * Waits for the value, so long at most. A switch point.
     *
     * @throws TimeoutException if the time is up first
     * @throws ExecutionException if the body threw, with that as cause
     * @throws CancellationException if it was killed or ended itself with {@link GreenletExit}, with that as cause
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws IllegalStateException if the caller is this green thread
     * @throws GreenletExit if the caller is or has been killed
     */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseOneself("get the value of");
        Outcome<T> outcome = this.<@Nullable Outcome<T>>awaitingEnd(() -> life.await(unit.toNanos(timeout)));
        if (outcome == null) {
            throw new TimeoutException("Green thread '" + name() + "' has not ended after " + timeout + " "
                    + unit.name().toLowerCase(java.util.Locale.ROOT) + ": it is " + thread().getState());
        }
        return valueOf(outcome);
    }

    @Override
    public String toString() {
        Outcome<T> ended = outcome();
        return "GreenThread[" + name() + ", " + (ended == null ? task.thread().getState() : ended) + "]";
    }

    GreenTask task() {
        return task;
    }

    /** What it dies of, if it has been killed; kills it if not. */
    GreenletExit exit() {
        life.condemn();
        return Objects.requireNonNull(life.exit());
    }

    /** How an interrupt ends waiting for it, even if the waiter has been killed: for callers that have to clean up first. */
    Outcome<T> awaitRegardless() throws InterruptedException {
        return life.await();
    }

    /** Whether the end of the thread is what sets the outcome, and has not yet. */
    boolean isOpenEnded() {
        return !bodyIsOurs && !life.isOver();
    }

    /** Of a thread whose body the hub did not wrap: it has died of a failure, or it has ended and its value is unknown. */
    @SuppressWarnings("NullAway") // the value of such a handle is null, which its creator declared
    void endUnknown(@Nullable Throwable failure) {
        if (isOpenEnded()) {
            Outcome<T> outcome = failure == null ? new Outcome.Returned<>(null) : life.outcomeOf(failure);
            life.end(outcome, this::reportCallback);
        }
    }

    /** Whether it has been killed; it may have ended since, or may never end. */
    boolean isKilled() {
        return life.exit() != null;
    }

    static @Nullable GreenThread<?> currentOrNull() {
        GreenTask current = HubScheduler.current();
        return current == null ? null : Registry.handleOf(current);
    }

    /** Raises the caller's {@link GreenletExit} if it is a green thread that has been killed. */
    static void requireAlive() {
        GreenTask current = HubScheduler.current();
        if (current != null && current.attachment() instanceof GreenThread<?> handle) {
            GreenletExit exit = handle.life.exit();
            if (exit != null) {
                throw exit;
            }
        }
    }

    /** What makes a wait one of our switch points: a killed caller gets its exit, before the wait or instead of the interrupt. */
    static <R extends @Nullable Object> R awaiting(Body<R, InterruptedException> wait) throws InterruptedException {
        requireAlive();
        try {
            return wait.run();
        } catch (InterruptedException e) {
            requireAlive();
            throw e;
        }
    }

    /** Says meanwhile, for dumps and the watchdog, that the caller waits for this one. */
    private <R extends @Nullable Object> R awaitingEnd(Body<R, InterruptedException> wait) throws InterruptedException {
        GreenTask caller = HubScheduler.current();
        if (caller == null) {
            return wait.run();
        }
        caller.joins(task);
        try {
            return awaiting(wait);
        } finally {
            caller.joins(null);
        }
    }

    private void runBody(Duration delay, Body<T, ?> body) {
        Consumer<Throwable> onFailure = this::reportCallback; // now: after the body there may be no memory for it
        life.awaitDelay(delay, hub.clock());
        if (!life.tryBegin()) {
            Thread.interrupted(); // was meant for the body
            life.endCancelled(onFailure);
            return;
        }
        Outcome<T> outcome = life.run(body);
        life.end(outcome, onFailure);
        if (outcome instanceof Outcome.Failed<T>(Throwable failure)) {
            hub.reportFailed(this, failure);
        }
    }

    /** To the handler of the thread that ends; to the hub's if another one calls the callback. */
    private void reportCallback(Throwable failure) {
        if (HubScheduler.current() == task) {
            Hub.report(task.thread(), failure);
        } else {
            hub.reportLate(failure);
        }
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
