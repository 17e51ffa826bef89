package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubBinding;
import greenlet.hub.internal.jdk.HubScheduler;
import greenlet.hub.internal.jdk.JdkPollers;
import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.SystemClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs many green threads one at a time. A green thread is a virtual thread whose scheduler is the hub: when a JDK call
 * blocks it, the hub runs the others, and between two such switch points its code is atomic.
 *
 * {@snippet :
 * Map<String, Integer> hits = new HashMap<>();   // shared and unsynchronised
 * Hub.run(() -> {
 *     for (URI page : pages)
 *         Hub.current().spawn(() -> hits.merge(fetch(page), 1, Integer::sum));
 * });
 * }
 *
 * <p>States: open, closing, closed. {@link #run} opens and closes one around a body; {@link #start} opens one in the
 * background, to be closed.
 *
 * <p>Failures: opening throws {@link HubUnavailableException} where hubs do not work, with the remedy; spawning on a closed
 * hub throws {@link RejectedExecutionException}.
 *
 * <p>Safe for use from any thread. Starting a green thread happens before its body; what the body did happens before
 * another thread sees its outcome; all green threads of one hub are ordered one after another.
 */
public final class Hub implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final RunLoop loop;
    private final HubScheduler scheduler;
    private final Tally spawned = new Tally();
    private final Tally all = new Tally();
    private final AtomicLong threadNumber = new AtomicLong();

    /** The first green thread of {@link #run}; written before it starts. */
    private @Nullable GreenThread<?> main;

    private Hub() {
        name = "hub-" + NUMBER.incrementAndGet();
        loop = new RunLoop(new FifoQueue(), new SystemClock(), new ParkingPoller(), this::onLoopError);
        scheduler = new HubScheduler(name, loop, new Counting());
    }

    /**
     * Runs a body as the first green thread of a hub of its own and blocks the caller, a platform or a virtual thread, until it
     * and every green thread spawned through the hub have ended. Then the hub is closed. A switch point.
     *
     * @param main the body
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object; the other green threads are then killed
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Body<T, X> main) throws X {
        Hub hub = start();
        GreenThread<T> thread = new GreenThread<>(hub, hub.scheduler, "main", main);
        hub.main = thread;
        hub.scheduler.start(thread.task());
        return new MainCall<T>(hub, thread).await();
    }

    /**
     * Like {@link #run(Body)} for a body without a value. A switch point.
     *
     * @param main the body
     * @param <X> what it may throw
     * @throws X what the body threw, the identical object; the other green threads are then killed
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <X extends Throwable> void run(Action<X> main) throws X {
        Hub.<@Nullable Void, X>run(() -> {
            main.run();
            return null;
        });
    }

    /**
     * Opens a hub that runs in the background until it is closed. Not a switch point.
     *
     * @return the open hub
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static Hub start() {
        String refusal = HubBinding.refusal();
        if (refusal != null) {
            throw new HubUnavailableException(refusal);
        }
        JdkPollers.settle();
        Hub hub = new Hub();
        hub.scheduler.startCarrier();
        return hub;
    }

    /**
     * The hub that runs the caller. Not a switch point.
     *
     * @return the caller's hub
     * @throws IllegalStateException if the caller is no green thread
     */
    public static Hub current() {
        return GreenThread.current().hub();
    }

    /**
     * Its name, which its threads and its group in a thread dump carry. Not a switch point.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Starts a green thread. Not a switch point: the new thread runs when its turn comes.
     *
     * @param body what it runs
     * @param <T> the type of its value
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed
     */
    public <T extends @Nullable Object> GreenThread<T> spawn(Body<T, ?> body) {
        return spawn(nextName(), body);
    }

    /**
     * Starts a green thread that has no value. Not a switch point: the new thread runs when its turn comes.
     *
     * @param body what it runs
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed
     */
    public GreenThread<@Nullable Void> spawn(Action<?> body) {
        return spawn(nextName(), body);
    }

    /**
     * Starts a green thread with a name. Not a switch point: the new thread runs when its turn comes.
     *
     * @param threadName its name
     * @param body what it runs
     * @param <T> the type of its value
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed
     */
    public <T extends @Nullable Object> GreenThread<T> spawn(String threadName, Body<T, ?> body) {
        GreenThread<T> thread = new GreenThread<>(this, scheduler, threadName, body);
        scheduler.start(thread.task());
        return thread;
    }

    /**
     * Starts a green thread with a name and without a value. Not a switch point: the new thread runs when its turn comes.
     *
     * @param threadName its name
     * @param body what it runs
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed
     */
    public GreenThread<@Nullable Void> spawn(String threadName, Action<?> body) {
        return this.<@Nullable Void>spawn(threadName, () -> {
            body.run();
            return null;
        });
    }

    /**
     * A factory of unstarted green threads of this hub, for libraries that take one. Not a switch point.
     *
     * @return the factory
     */
    public ThreadFactory threadFactory() {
        return body -> scheduler.create(nextName(), body).thread();
    }

    /**
     * An executor that runs each task in a green thread of this hub. Closing it waits for its own tasks and never closes the
     * hub. Not a switch point.
     *
     * @return a new executor
     */
    public ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(threadFactory());
    }

    /**
     * How many turns the hub has given to green threads so far: unchanged between two calls of one green thread if and only if
     * there was no switch between them. Not a switch point.
     *
     * @return the number of turns
     */
    public long switchCount() {
        return loop.switches();
    }

    /**
     * Closes the hub: waits some seconds for the spawned green threads to end, kills those that have not, waits as long again
     * and stops. New green threads are refused from then on. A switch point.
     */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            if (!spawned.awaitZero(GRACE.toNanos())) {
                scheduler.tasks().forEach(task -> task.thread().interrupt());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        scheduler.tasks().forEach(task -> task.thread().interrupt());
        scheduler.refuseNewThreads();
        try {
            all.awaitZero(GRACE.toNanos());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        scheduler.end();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Hub[" + name + "]";
    }

    /** What a body threw goes to its thread's handler, unless the caller of {@link #run} gets it. */
    void onUncaught(GreenThread<?> thread, Throwable failure) {
        if (thread == main) {
            return;
        }
        Thread virtual = thread.thread();
        virtual.getUncaughtExceptionHandler().uncaughtException(virtual, failure);
    }

    private void onLoopError(Throwable failure) {
        Thread carrier = Thread.currentThread();
        carrier.getUncaughtExceptionHandler().uncaughtException(carrier, failure);
    }

    private String nextName() {
        return name + "-green-" + threadNumber.incrementAndGet();
    }

    /** The two counts that closing and {@link #run} wait for. */
    private final class Counting implements HubScheduler.Listener {
        @Override
        public void onStarting(GreenTask task) {
            all.up();
            if (task.origin() == GreenTask.Origin.SPAWNED) {
                spawned.up();
            }
        }

        @Override
        public void onEnded(GreenTask task) {
            if (task.origin() == GreenTask.Origin.SPAWNED) {
                spawned.down();
            }
            all.down();
        }
    }

    /** The caller's side of {@link #run}. */
    private record MainCall<T extends @Nullable Object>(Hub hub, GreenThread<T> main) {
        T await() {
            boolean interrupted = false;
            while (true) {
                try {
                    Outcome<T> outcome = main.join();
                    if (outcome instanceof Outcome.Returned<T>) {
                        hub.spawned.awaitZero();
                    }
                    hub.close();
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return result(outcome);
                } catch (InterruptedException e) {
                    // The caller's interrupt is meant for the work that it waits for.
                    interrupted = true;
                    hub.scheduler.tasks().forEach(task -> task.thread().interrupt());
                }
            }
        }

        private T result(Outcome<T> outcome) {
            return switch (outcome) {
                case Outcome.Returned<T>(T value) -> value;
                case Outcome.Failed<T>(Throwable failure) -> throw MainCall.<RuntimeException>identical(failure);
                case Outcome.Exited<T>(greenlet.GreenletExit exit) -> throw exit;
            };
        }

        /** Throws any throwable as it is: {@code run} declares what its body may throw. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <X extends Throwable> X identical(Throwable failure) throws X {
            throw (X) failure;
        }
    }
}
