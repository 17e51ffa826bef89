package greenlet.hub;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Green threads of one hub, so many at most: who wants to spawn one more waits until there is room. That is how a fast producer is
 * held back by slow workers.
 *
 * {@snippet :
 * try (Pool pool = Pool.of(20)) {
 *     while (queue.take() instanceof Job job)
 *         pool.spawn(() -> work(job));   // waits while 20 are at work
 *     pool.join();
 * }
 * }
 *
 * <p>States: open, closed. Those who wait for room are served in the order of their coming.
 *
 * <p>Failures: as of any green thread; a member's failure ends only that member, is its outcome, and the hub's handler of uncaught exceptions is told.
 *
 * <p>Safe for use from any thread. What a member did happens before {@link #join()} returns.
 *
 * @apiNote For a computation over a stream with bounded concurrency {@link java.util.stream.Gatherers#mapConcurrent} does it, for results in the order of
 *     completion {@link java.util.concurrent.ExecutorCompletionService} over {@link Hub#executor()}: see {@code docs/groups-and-servers.md}.
 */
public final class Pool implements AutoCloseable {
    private final Hub hub;
    private final int limit;
    private final Semaphore room;
    private final Tally running = new Tally();
    private final Set<GreenThread<?>> members = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Pool(Hub hub, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "Cannot make a pool for " + limit + " green threads: nobody could ever run. Use 1 or more.");
        }
        this.hub = hub;
        this.limit = limit;
        this.room = new Semaphore(limit, true);
    }

    /**
     * Makes a pool on the caller's hub. Not a switch point.
     *
     * @param limit how many members run at most
     * @return the pool
     * @throws IllegalArgumentException if the limit is not positive
     * @throws IllegalStateException if the caller is no green thread
     */
    public static Pool of(int limit) {
        return new Pool(Hub.current(), limit);
    }

    /**
     * Makes a pool. Not a switch point.
     *
     * @param hub whose green threads its members are
     * @param limit how many of them run at most
     * @return the pool
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static Pool of(Hub hub, int limit) {
        return new Pool(hub, limit);
    }

    /**
     * Starts a member, after waiting for room if there is none. A switch point if it waits.
     *
     * @param body what it runs
     * @param <T> the type of its value
     * @return its handle
     * @throws InterruptedException if the caller is interrupted while it waits
     * @throws RejectedExecutionException if the pool or its hub is closed
     * @throws greenlet.GreenletExit if the caller is or has been killed
     */
    public <T extends @Nullable Object> GreenThread<T> spawn(Body<T, ?> body) throws InterruptedException {
        takeRoom();
        return start(body);
    }

    /**
     * Like {@link #spawn(Body)} for a body without a value. A switch point if it waits.
     *
     * @param body what it runs
     * @return its handle
     * @throws InterruptedException if the caller is interrupted while it waits
     * @throws RejectedExecutionException if the pool or its hub is closed
     * @throws greenlet.GreenletExit if the caller is or has been killed
     */
    public GreenThread<@Nullable Void> spawn(Action<?> body) throws InterruptedException {
        return this.<@Nullable Void>spawn(asBody(body));
    }

    /**
     * Starts a member if there is room. Not a switch point.
     *
     * @param body what it runs
     * @return its handle, or null if the pool is full
     * @throws RejectedExecutionException if the pool or its hub is closed
     */
    public @Nullable GreenThread<@Nullable Void> trySpawn(Action<?> body) {
        return room.tryAcquire() ? this.<@Nullable Void>start(asBody(body)) : null;
    }

    /**
     * Waits until there is room for one more. Others may take it before the caller does. A switch point.
     *
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws greenlet.GreenletExit if the caller is or has been killed
     */
    public void awaitRoom() throws InterruptedException {
        takeRoom();
        room.release();
    }

    /**
     * How many members may run at once. Not a switch point.
     *
     * @return the limit
     */
    public int limit() {
        return limit;
    }

    /**
     * How many members have been spawned and have not ended. Not a switch point.
     *
     * @return the number
     */
    public int running() {
        return running.count();
    }

    /**
     * Waits until no member runs. A switch point.
     *
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws greenlet.GreenletExit if the caller is or has been killed
     */
    public void join() throws InterruptedException {
        GreenThread.<@Nullable Void>awaiting(() -> {
            running.awaitAtMost(0);
            return null;
        });
    }

    /**
     * Waits until no member runs, so long at most. A switch point.
     *
     * @param timeout how long
     * @return true if none runs
     * @throws InterruptedException if the caller is interrupted meanwhile
     * @throws greenlet.GreenletExit if the caller is or has been killed
     */
    public boolean join(Duration timeout) throws InterruptedException {
        return GreenThread.awaiting(() -> running.awaitAtMost(0, Closing.nanos(timeout)));
    }

    /**
     * Kills the members, waits for their end, and refuses others from now on. Whoever waits for room is refused as soon as there is
     * some. An interrupt of the caller is kept. A switch point if a member runs.
     *
     * @throws IllegalStateException if the caller is a member
     */
    @Override
    public void close() {
        GreenThread<?> self = GreenThread.currentOrNull();
        if (self != null && members.contains(self)) {
            throw new IllegalStateException("Cannot close a pool from its member '" + self.name()
                    + "': it would wait for itself. Close it from the green thread that made it.");
        }
        closed = true;
        members.forEach(GreenThread::kill);
        Uninterrupted.await(() -> running.awaitAtMost(0));
    }

    @Override
    public String toString() {
        return "Pool[" + running() + " of " + limit + (closed ? ", closed]" : "]");
    }

    private void takeRoom() throws InterruptedException {
        GreenThread.<@Nullable Void>awaiting(() -> {
            room.acquire();
            return null;
        });
    }

    /** The caller has taken the room for it. */
    private <T extends @Nullable Object> GreenThread<T> start(Body<T, ?> body) {
        GreenThread<T> member;
        running.up();
        try {
            if (closed) {
                throw new RejectedExecutionException(
                        "Cannot spawn in a pool of hub '" + hub.name() + "': the pool is closed. Spawn before close.");
            }
            member = hub.spawn(body);
        } catch (Throwable refused) {
            running.down();
            room.release();
            throw refused;
        }
        members.add(member);
        member.onEnd(outcome -> {
            members.remove(member);
            running.down();
            room.release();
        });
        if (closed) {
            member.kill(); // closing may have missed it
        }
        return member;
    }

    private static Body<@Nullable Void, ?> asBody(Action<?> action) {
        return () -> {
            action.run();
            return null;
        };
    }
}
