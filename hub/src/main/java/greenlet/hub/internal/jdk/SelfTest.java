package greenlet.hub.internal.jdk;

import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.SystemClock;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.misc.CarrierThread;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.SharedThreadContainer;
import org.jspecify.annotations.Nullable;

/**
 * Leads one virtual thread through its life on a scheduler that only collects, and compares each state with what the hub believes.
 * The numbers of the states are not API: a JDK that has all the members but other numbers must be refused, not trusted.
 *
 * <p>And makes what a hub is made of. The JVM looks up what a class refers to only when it is used, and what it overrides it never misses: found here, a
 * member that is not there is a refusal, and not an error in the middle of a hub, or calls that block and are not handed over.
 *
 * <p>Confined to the platform thread that {@link #run} starts.
 */
final class SelfTest implements Runnable {
    /** Stands in for what the JDK submits, as a {@link GreenTask} does. */
    private record Substitute(Runnable original) implements Runnable {
        @Override
        public void run() {
            original.run();
        }
    }

    /** Of a scheduler whose threads are nobody's business; tests use it as well. */
    static final class Deaf implements HubScheduler.Listener {
        @Override
        public void onStarting(GreenTask task) {}

        @Override
        public void onEnded(GreenTask task) {}

        @Override
        public void onError(Thread carrier, Throwable failure) {}
    }

    private final Queue<Runnable> submitted = new ArrayDeque<>();
    private volatile @Nullable Throwable failure;

    private SelfTest() {}

    /**
     * Runs the test and waits for it; some hundred microseconds.
     *
     * @throws IllegalStateException if this JDK behaves otherwise than the hub believes
     */
    static void run(String name) {
        SelfTest test = new SelfTest();
        // A virtual thread can be continued only by a platform thread, and the caller may be anything.
        Thread platform = Thread.ofPlatform().daemon().name(name).start(test);
        boolean interrupted = false;
        while (true) {
            try {
                platform.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable found = test.failure;
        if (found != null) {
            throw new IllegalStateException(found.getMessage(), found);
        }
    }

    @Override
    public void run() {
        try {
            requireOverridden();
            makeCarrier();
            try (SharedThreadContainer container = SharedThreadContainer.create("greenlet-self-test")) {
                leadThroughLife(container);
            }
        } catch (Throwable t) { // any way in which it can go wrong is the answer that is looked for
            failure = t;
        }
    }

    /** What the JDK calls, and the hub's own classes replace. */
    private static void requireOverridden() throws NoSuchMethodException {
        require(
                CarrierThread.class.getDeclaredMethod("beginBlocking").getReturnType() == boolean.class,
                "a carrier cannot say whether it is told of the end of a call");
        var _ = CarrierThread.class.getDeclaredMethod("endBlocking");
        var _ = Continuation.class.getDeclaredMethod("onPinned", Continuation.Pinned.class);
        var _ = Continuation.class.getDeclaredMethod("onContinue");
    }

    /** A scheduler with its usher and a carrier, none of them started. */
    private static void makeCarrier() {
        RunLoop loop = new RunLoop(new FifoQueue(), new SystemClock(), new ParkingPoller());
        HubScheduler scheduler = new HubScheduler("greenlet-self-test", loop, new Deaf(), 0, 0);
        try {
            var _ = new HubCarrier(scheduler, "greenlet-self-test");
        } finally {
            scheduler.end();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is what is tested
    private void leadThroughLife(SharedThreadContainer container) {
        Thread thread = VirtualThreads.create(submitted::add, "greenlet-self-test", 0, () -> {
            Thread.yield();
            LockSupport.park();
        });
        Runnable original = VirtualThreads.runContinuation(thread);
        Runnable replaced = new Substitute(original);
        VirtualThreads.setRunContinuation(thread, replaced);
        container.start(thread);
        require(thread, "start", VirtualThreads.STARTED, replaced);
        require(VirtualThreads.isRunContinuation(original), "what a thread submits is of another class");
        require(VirtualThreads.threadOf(original).equals(thread), "what a thread submits does not lead to it");
        replaced.run();
        require(thread, "yield", VirtualThreads.YIELDED, replaced);
        replaced.run();
        require(VirtualThreads.state(thread) == VirtualThreads.PARKED, "park", thread);
        LockSupport.unpark(thread);
        require(thread, "unpark", VirtualThreads.UNPARKED, replaced);
        replaced.run();
        require(VirtualThreads.state(thread) == VirtualThreads.TERMINATED, "its end", thread);
    }

    private void require(Thread thread, String event, int state, Runnable task) {
        require(VirtualThreads.state(thread) == state, event, thread);
        require(task.equals(submitted.poll()), "after " + event + " the scheduler was given another task");
    }

    private static void require(boolean holds, String event, Thread thread) {
        require(holds, "after " + event + " a virtual thread has state " + VirtualThreads.state(thread));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
