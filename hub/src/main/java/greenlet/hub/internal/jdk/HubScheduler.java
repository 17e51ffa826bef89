package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.RunLoop;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jdk.internal.vm.SharedThreadContainer;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler that the green threads of one hub are made with. A {@link ForkJoinPool} for one reason: only then does
 * {@code VirtualThread} set the timers of its timed waits through its scheduler. The pool itself never has a worker or a task.
 *
 * <p>{@link #execute} and {@link #schedule} are called by the JDK in the middle of switches, pinned, from any thread. They never
 * throw (a thread that is refused here is lost for ever), lock, log or load classes, and after a thread's start they
 * allocate nothing.
 *
 * <p>Safe for use from any thread.
 */
public final class HubScheduler extends ForkJoinPool {
    /** What the hub wants to know of its threads. */
    public interface Listener {
        /**
         * A green thread is being started, on the thread that starts it. What this throws makes the start fail, as if it had not been
         * tried.
         *
         * @param task the green thread
         */
        void onStarting(GreenTask task);

        /**
         * A green thread has ended; on the carrier, so this must neither block nor throw.
         *
         * @param task the green thread
         */
        void onEnded(GreenTask task);

        /**
         * A turn or a timer threw; in a green thread of the hub's own.
         *
         * @param carrier where it was thrown
         * @param failure what was thrown
         */
        void onError(Thread carrier, Throwable failure);
    }

    /** Of a thread: for its timed wait, and to be reminded of its kill. */
    private static final int TIMERS_OF_A_THREAD = 2;

    private final String name;
    private final RunLoop loop;
    private final Listener listener;
    private final SharedThreadContainer container;
    private final Usher usher;
    private final Baton baton = new Baton(this);
    private final HandOff handOff;
    private final long carrierStackBytes;
    private final Afterlife afterlife = new Afterlife(this);
    private final Set<GreenTask> tasks = ConcurrentHashMap.newKeySet();
    private final CountDownLatch loopEnded = new CountDownLatch(1);
    private volatile boolean refusing;

    /**
     * Makes a scheduler without a running carrier.
     *
     * @param name names the hub's carriers and its group in a thread dump
     * @param loop what decides; it is bound to this scheduler
     * @param listener told of starts and ends
     * @param handOffNanos how long a call that blocks the carrier may last before another carrier takes over, in nanoseconds
     * @param carrierStackBytes how large a stack the carriers have, in bytes; zero for the default, at least the main thread's
     */
    public HubScheduler(String name, RunLoop loop, Listener listener, long handOffNanos, long carrierStackBytes) {
        super(1);
        this.name = name;
        this.loop = loop;
        this.listener = listener;
        this.handOff = new HandOff(baton, handOffNanos, Attendant.instance());
        this.carrierStackBytes = carrierStackBytes == 0 ? CarrierStack.defaultBytes() : carrierStackBytes;
        this.container = SharedThreadContainer.create(name);
        this.usher = new Usher(this, name + "-usher");
        loop.bind(this::onLoopError, afterlife::bringCarrier);
    }

    /**
     * Who is told of starts and ends.
     *
     * @return the listener
     */
    public Listener listener() {
        return listener;
    }

    /** Starts the hub's first carrier and its usher. What this throws, for want of memory or threads, leaves nothing behind. */
    public void open() {
        try {
            Attendant.instance().ensureStarted();
            handOff.open();
            container.start(usher.task().thread());
            baton.startHolder();
        } catch (Throwable t) {
            giveUp();
            throw t;
        }
    }

    /** Nobody drives the loop, whose end would give back what it waits with. */
    private void giveUp() {
        end();
        loop.poller().close();
    }

    /**
     * Makes a green thread that is not started.
     *
     * @param threadName its name
     * @param body what it runs
     * @param origin on whose behalf
     * @return the task; its thread is started with {@link #start}
     */
    public GreenTask create(String threadName, Runnable body, GreenTask.Origin origin) {
        Thread thread = VirtualThreads.create(this, threadName, 0, body);
        GreenTask task = new GreenTask(this, thread, VirtualThreads.runContinuation(thread), origin);
        VirtualThreads.setRunContinuation(thread, task);
        return task;
    }

    /**
     * Starts a green thread in this hub's group.
     *
     * @param task made by {@link #create}
     * @throws RejectedExecutionException if the hub is closed
     */
    public void start(GreenTask task) {
        ensureAccepting();
        container.start(task.thread());
    }

    /**
     * Makes sure that threads may start. To be asked again by who has noted a start: either this throws then, or who refused new threads
     * before looking at the notes sees that one.
     *
     * @throws RejectedExecutionException if the hub is closed
     */
    public void ensureAccepting() {
        if (refusing) {
            throw refusal();
        }
    }

    /**
     * The green thread that the caller is.
     *
     * @return its task, or null if the caller is no green thread
     */
    public static @Nullable GreenTask current() {
        return HubCarrier.currentTask();
    }

    /**
     * The scheduler of a green thread.
     *
     * @param task the green thread
     * @return its scheduler
     */
    public static HubScheduler of(GreenTask task) {
        return task.scheduler();
    }

    /**
     * All green threads of this hub, whether spawned or inherited, that have been started and have not ended.
     *
     * @return a live view
     */
    public Set<GreenTask> tasks() {
        return tasks;
    }

    /** Refuses threads that start from now on; those that run are not touched. */
    public void refuseNewThreads() {
        refusing = true;
    }

    /**
     * Has the usher do a chore that may block. Does nothing if it is waiting to be done already. Only on this hub: from a green thread or
     * from its carrier.
     *
     * @param chore the chore
     */
    public void post(Chore chore) {
        usher.post(chore);
    }

    /**
     * Has green threads of this hub die where they wait, those that can without harm to others; see {@link Injection}. Only while the hub
     * is being closed. Does not wait.
     *
     * @param targets green threads of this hub
     * @param errors what each of them is to die of
     * @return to wait for the decision
     */
    public Injection inject(Collection<GreenTask> targets, Function<GreenTask, Error> errors) {
        Injection injection = new Injection(this, targets, errors);
        if (HubCarrier.currentWithTurn(this) != null) {
            loop.submitLocal(injection);
        } else {
            loop.submitRemote(injection);
        }
        return injection;
    }

    /**
     * Ends the loop and gives back what the hub holds in the JDK. Green threads that are left are then served by a carrier
     * that exists only while one of them is runnable.
     */
    public void end() {
        refusing = true;
        usher.end();
        loop.stop();
        baton.end();
        handOff.close();
        container.close();
        super.shutdown();
    }

    /**
     * Waits until the loop has ended.
     *
     * @param nanos how long at most, in nanoseconds
     * @return true if it has
     * @throws InterruptedException if interrupted
     */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return loopEnded.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * The platform thread that drives the hub at this moment.
     *
     * @return the carrier, or null if there is none
     */
    public @Nullable Thread carrier() {
        return baton.holder();
    }

    @Override
    public void execute(Runnable submitted) {
        GreenTask task = submitted instanceof GreenTask known && known.registered ? known : register(submitted);
        if (HubCarrier.currentWithTurn(this) != null) {
            loop.submitLocal(task);
        } else {
            loop.submitRemote(task);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        HubCarrier carrier = HubCarrier.currentWithTurn(this);
        GreenTask task = carrier == null ? null : carrier.mounted();
        if (task == null) {
            throw outsideItsCarrier();
        }
        return task.scheduleWakeUp(command, unit.toNanos(delay));
    }

    @Override
    public <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task) {
        throw new IllegalStateException("The JDK submitted past the hub: please report this as a bug");
    }

    @Override
    public <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> task) {
        throw new IllegalStateException("The JDK submitted past the hub: please report this as a bug");
    }

    @Override
    public String toString() {
        return "hub '" + name + "'";
    }

    /** A thread is started, possibly one that the hub did not make (it inherited the scheduler). Here alone refusing is safe. */
    private GreenTask register(Runnable submitted) {
        ensureAccepting();
        GreenTask task = submitted instanceof GreenTask known ? known : adopt(submitted);
        if (task.origin() != GreenTask.Origin.INTERNAL) {
            note(task);
        }
        task.registered = true;
        return task;
    }

    /** A start that fails here, for want of memory or because the hub has begun to close meanwhile, is as if it had not been tried. */
    private void note(GreenTask task) {
        tasks.add(task);
        try {
            listener.onStarting(task);
        } catch (Throwable t) {
            tasks.remove(task);
            throw t;
        }
    }

    private GreenTask adopt(Runnable runContinuation) {
        if (!VirtualThreads.isRunContinuation(runContinuation)) {
            throw new RejectedExecutionException(
                    "A hub's scheduler runs virtual threads only, not " + runContinuation.getClass());
        }
        Thread thread = VirtualThreads.threadOf(runContinuation);
        GreenTask task = new GreenTask(this, thread, runContinuation, GreenTask.Origin.INHERITED);
        VirtualThreads.setRunContinuation(thread, task);
        return task;
    }

    private IllegalStateException outsideItsCarrier() {
        return new IllegalStateException(
                "A timed wait of hub '" + name + "' was set outside its carrier: please report this as a bug");
    }

    private RejectedExecutionException refusal() {
        return new RejectedExecutionException("Cannot start a green thread on hub '" + name
                + "': the hub is closed. Start it before the hub closes, or on another hub.");
    }

    RunLoop loop() {
        return loop;
    }

    Usher usher() {
        return usher;
    }

    /**
     * How many carriers the hub has.
     *
     * @return one, and more while or shortly after calls block
     */
    public int carriers() {
        return baton.carriers();
    }

    /**
     * How often the turn was taken from a carrier whose call lasted.
     *
     * @return the number
     */
    public long handOffs() {
        return baton.handOffs();
    }

    Baton baton() {
        return baton;
    }

    HandOff handOff() {
        return handOff;
    }

    long carrierStackBytes() {
        return carrierStackBytes;
    }

    String hubName() {
        return name;
    }

    /** Called by a carrier that has the turn; returns when it no longer needs to run. */
    void drive(HubCarrier carrier) {
        if (loop.drive(carrier)) {
            loopEnded.countDown();
            afterlife.linger(carrier);
        }
    }

    void onFirstTurn() {
        loop.reserveTimers(TIMERS_OF_A_THREAD);
    }

    void onEnded(GreenTask task) {
        loop.releaseTimers(TIMERS_OF_A_THREAD);
        if (task.origin() != GreenTask.Origin.INTERNAL) {
            tasks.remove(task);
            listener.onEnded(task);
        }
    }

    /** On the carrier: a handler that a user wrote may block, so the usher calls it. */
    private void onLoopError(Throwable failure) {
        Thread carrier = Thread.currentThread();
        usher.post(new Chore(() -> listener.onError(carrier, failure)));
    }
}
