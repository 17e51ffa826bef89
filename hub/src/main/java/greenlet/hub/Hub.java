package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubBinding;
import greenlet.hub.internal.jdk.HubProbe;
import greenlet.hub.internal.jdk.HubScheduler;
import greenlet.hub.internal.jdk.JdkPollers;
import greenlet.hub.poll.HubPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.HubClock;
import greenlet.hub.time.SystemClock;
import greenlet.hub.watch.FlightEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
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
 * <p>States: open, closing, closed. {@link #run(Body)} opens and closes one around a body; {@link #start()} opens one in the
 * background, to be closed.
 *
 * <p>Failures: opening throws {@link HubUnavailableException} where hubs do not work, with the remedy; spawning on a closed
 * hub throws {@link RejectedExecutionException}.
 *
 * <p>Safe for use from any thread. Starting a green thread happens before its body; what the body did happens before
 * another thread sees its outcome; all turns of the green threads of one hub happen one after another.
 */
public final class Hub implements AutoCloseable {
    private final String name;
    private final HubClock clock;
    private final Duration grace;
    private final RunLoop loop;
    private final Registry registry;
    private final HubScheduler scheduler;
    private final Closing closing;
    private final HubProbe probe;
    private final Dumping dumping;
    private final @Nullable HubWatch watch;
    private final AtomicLong threadNumber = new AtomicLong();

    /** The first green thread of {@link #run(Body)}; written before it starts. */
    private @Nullable GreenThread<?> main;

    private Hub(HubBuilder options, HubPoller poller) {
        name = options.hubName();
        clock = options.hubClock();
        grace = options.hubGrace();
        loop = new RunLoop(new FifoQueue(), clock, poller);
        registry = new Registry(this, new Uncaught(options.handler()), options.hubRecordsSpawns());
        scheduler = new HubScheduler(name, loop, registry, options.handOffNanos(), options.hubCarrierStackBytes());
        closing = new Closing(this, registry, scheduler, grace);
        registry.closing(closing);
        probe = new HubProbe(scheduler);
        dumping = new Dumping(this, probe);
        Watch watching = options.hubWatch();
        watch = watching == null ? null : new HubWatch(name, probe, dumping, watching, new SystemClock());
    }

    static Hub open(HubBuilder options) {
        String refusal = HubBinding.refusal();
        if (refusal != null) {
            throw new HubUnavailableException(refusal);
        }
        JdkPollers.settle();
        HubPoller poller = JdkPollers.newPoller();
        Hub hub;
        try {
            hub = new Hub(options, poller);
        } catch (Throwable t) { // it holds descriptors, and nobody would close it
            poller.close();
            throw t;
        }
        hub.scheduler.open();
        try {
            OpenHubs.add(hub);
            if (hub.watch != null) {
                hub.watch.start();
            }
        } catch (Throwable t) { // nobody could close a hub that nobody has
            hub.close(Duration.ZERO);
            throw t;
        }
        return hub;
    }

    /**
     * Runs a body as the first green thread of a hub of its own and blocks the caller, a platform or a virtual thread, until it
     * and every green thread spawned through the hub have ended. Then the hub is closed; threads that libraries made on it
     * (inherited ones) are not waited for but killed. An interrupt of the caller is passed on to the body. A switch point.
     *
     * @param body the body
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object; the other green threads are then killed
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Body<T, X> body) throws X {
        return builder().run(body);
    }

    /**
     * Like {@link #run(Body)} for a body without a value. A switch point.
     *
     * @param body the body
     * @param <X> what it may throw
     * @throws X what the body threw, the identical object; the other green threads are then killed
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <X extends Throwable> void run(Action<X> body) throws X {
        builder().run(asBody(body));
    }

    /**
     * Like {@link #run(Body)}, but when the body has ended all others are killed instead of waited for. A switch point.
     *
     * @param body the body
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <T extends @Nullable Object, X extends Throwable> T runUntilMainEnds(Body<T, X> body) throws X {
        return builder().runUntilMainEnds(body);
    }

    /**
     * Like {@link #runUntilMainEnds(Body)} for a body without a value. A switch point.
     *
     * @param body the body
     * @param <X> what it may throw
     * @throws X what the body threw, the identical object
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static <X extends Throwable> void runUntilMainEnds(Action<X> body) throws X {
        builder().runUntilMainEnds(asBody(body));
    }

    /**
     * Opens a hub that runs in the background until it is closed. Not a switch point.
     *
     * @return the open hub
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static Hub start() {
        return builder().start();
    }

    /**
     * Options for a hub to be opened. Not a switch point.
     *
     * @return the defaults, to be changed
     */
    public static HubBuilder builder() {
        return new HubBuilder();
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
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public <T extends @Nullable Object> GreenThread<T> spawn(Body<T, ?> body) {
        return start(nextName(), Duration.ZERO, body);
    }

    /**
     * Starts a green thread that has no value. Not a switch point: the new thread runs when its turn comes.
     *
     * @param body what it runs
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public GreenThread<@Nullable Void> spawn(Action<?> body) {
        return start(nextName(), Duration.ZERO, asBody(body));
    }

    /**
     * Starts a green thread with a name. Not a switch point: the new thread runs when its turn comes.
     *
     * @param threadName its name
     * @param body what it runs
     * @param <T> the type of its value
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public <T extends @Nullable Object> GreenThread<T> spawn(String threadName, Body<T, ?> body) {
        return start(threadName, Duration.ZERO, body);
    }

    /**
     * Starts a green thread with a name and without a value. Not a switch point: the new thread runs when its turn comes.
     *
     * @param threadName its name
     * @param body what it runs
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public GreenThread<@Nullable Void> spawn(String threadName, Action<?> body) {
        return start(threadName, Duration.ZERO, asBody(body));
    }

    /**
     * Starts a green thread whose body begins after a delay; until then {@code cancel(false)} prevents it. It counts as
     * spawned from now on. Not a switch point.
     *
     * @param delay how long after now
     * @param body what it runs then
     * @param <T> the type of its value
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public <T extends @Nullable Object> GreenThread<T> spawnAfter(Duration delay, Body<T, ?> body) {
        return start(nextName(), delay, body);
    }

    /**
     * Like {@link #spawnAfter(Duration, Body)} for a body without a value. Not a switch point.
     *
     * @param delay how long after now
     * @param body what it runs then
     * @return its handle
     * @throws RejectedExecutionException if the hub is closed, or closing and the caller is not one of its green threads
     */
    public GreenThread<@Nullable Void> spawnAfter(Duration delay, Action<?> body) {
        return start(nextName(), delay, asBody(body));
    }

    /**
     * A factory of unstarted green threads of this hub, for libraries that take one. Starting one is spawning: while the hub closes, only
     * its own green threads may, and others get a {@link RejectedExecutionException}. Not a switch point.
     *
     * @return the factory
     */
    public ThreadFactory threadFactory() {
        return body ->
                scheduler.create(nextName(), body, GreenTask.Origin.SPAWNED).thread();
    }

    /**
     * An executor that runs each task in a green thread of this hub. Closing it waits for its own tasks and never closes the
     * hub. While the hub closes it refuses tasks like the {@link #threadFactory()}. Not a switch point.
     *
     * @return a new executor
     */
    public ExecutorService executor() {
        return Executors.newThreadPerTaskExecutor(threadFactory());
    }

    /**
     * All its green threads that have been started and have not ended, also those that code on the hub made by other means.
     * Not a switch point.
     *
     * @return their handles, in no particular order
     */
    public List<GreenThread<?>> greenThreads() {
        return scheduler.tasks().stream()
                .<GreenThread<?>>map(Registry::handleOf)
                .toList();
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
     * The hub at this moment. Not a switch point.
     *
     * @return its numbers
     */
    public HubStatistics statistics() {
        return new HubStatistics(
                name,
                registry.all().count(),
                registry.spawned().count(),
                loop.switches(),
                loop.timers(),
                loop.unreportedErrors(),
                scheduler.carriers(),
                scheduler.handOffs(),
                JdkPollers.describe(loop.poller()));
    }

    /**
     * Looks at every green thread of the hub: what it does, what it waits for and since when, and where. Works on a hub that stands still,
     * too. See {@link HubDump} for what it does to the hub. Takes some 10 to 100 µs a green thread. Not a switch point.
     *
     * @return what was found
     */
    public HubDump dump() {
        return dumping.dump();
    }

    /**
     * Makes sure that the caller is a green thread of this hub, where what the hub's green threads share may be touched. Not a switch
     * point.
     *
     * @throws IllegalStateException if it is not
     */
    public void ensureCurrent() {
        GreenTask current = HubScheduler.current();
        if (current == null || HubScheduler.of(current) != scheduler) {
            throw new IllegalStateException("This needs a green thread of hub '" + name + "' and was called on "
                    + Thread.currentThread() + ". Call it through that hub's spawn.");
        }
    }

    /**
     * Closes the hub with the grace that it was built with; see {@link #close(Duration)}. A switch point.
     */
    @Override
    public void close() {
        close(grace);
    }

    /**
     * Closes the hub. Never hangs: waits for the spawned green threads to end, so long at most; kills those that have not, and
     * the inherited ones; waits at most as long as the hub's own grace for them. Into those that swallow their interrupts and wait at a
     * switch point it then throws their {@link greenlet.GreenletExit}, unless they share a lock with a thread that goes on, and waits once
     * more. The rest is given up: these stay what they are, one at a time, on a daemon thread that exists only while one of them is
     * runnable. The report says what ended whom.
     *
     * <p>From the beginning spawning, and starting threads made on the hub, is refused to others than the hub's own green threads, at the end to all. Called by one of the
     * hub's own green threads it does all this to the others, and the hub ends when the caller does. An interrupt of the caller ends the
     * grace, not the closing.
     *
     * <p>A second call waits for the first, whatever its own wait, and returns its report. It does not wait if it comes from one of the
     * hub's own green threads, whose end the first awaits, and no longer if it is interrupted: it then returns a report that is not
     * {@linkplain CloseReport#finished() finished}, and so not clean either. Such a report is also what a handler or a callback gets
     * that the hub itself calls: its call has the hub closed by a daemon thread and returns at once. A switch point.
     *
     * @param wait how long to wait before killing
     * @return what it came to
     */
    public CloseReport close(Duration wait) {
        CloseReport report = closing.close(wait);
        if (!report.finished()) {
            return report;
        }
        OpenHubs.remove(this);
        if (watch != null) {
            watch.stop();
        }
        return report;
    }

    @Override
    public String toString() {
        return "Hub[" + name + "]";
    }

    <T extends @Nullable Object> GreenThread<T> spawnMain(Body<T, ?> body) {
        GreenThread<T> thread = new GreenThread<>(this, scheduler, "main", Duration.ZERO, body);
        main = thread;
        scheduler.start(thread.task());
        return thread;
    }

    void awaitSpawned() throws InterruptedException {
        registry.spawned().awaitAtMost(0);
    }

    void sampleTo(FlightEvents.SwitchSample sample) {
        HubProbe.Holding holding = probe.holding();
        String running = holding == null ? "" : holding.task().thread().getName();
        sample.sample(name, running, loop.switches(), registry.all().count());
    }

    HubClock clock() {
        return clock;
    }

    boolean isClosing() {
        return closing.hasBegun();
    }

    /** For timers, which only the hub's own green threads may set. */
    RunLoop loop() {
        return loop;
    }

    /** What a body threw is told, but to the caller of {@link #run(Body)}, who gets it thrown. */
    void reportFailed(GreenThread<?> thread, Throwable failure) {
        if (thread != main) {
            report(thread.thread(), failure);
        }
    }

    /** Tells the thread's handler, which is the hub's unless the thread has set one. */
    static void report(Thread thread, Throwable failure) {
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        if (handler instanceof Uncaught ours) {
            ours.tell(thread, failure);
        } else {
            handler.uncaughtException(thread, failure);
        }
    }

    private <T extends @Nullable Object> GreenThread<T> start(String threadName, Duration delay, Body<T, ?> body) {
        closing.ensureMaySpawn(threadName);
        GreenThread<T> thread = new GreenThread<>(this, scheduler, threadName, delay, body);
        scheduler.start(thread.task());
        return thread;
    }

    private String nextName() {
        return name + "-green-" + threadNumber.incrementAndGet();
    }

    private static <X extends Throwable> Body<@Nullable Void, X> asBody(Action<X> action) {
        return () -> {
            action.run();
            return null;
        };
    }
}
