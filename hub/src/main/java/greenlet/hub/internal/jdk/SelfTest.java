package greenlet.hub.internal.jdk;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Leads one virtual thread through its life on a scheduler that only collects, and compares each state with what the hub believes.
 * The numbers of the states are not API: a JDK that has all the members but other numbers must be refused, not trusted.
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
            leadThroughLife();
        } catch (Throwable t) { // any way in which it can go wrong is the answer that is looked for
            failure = t;
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield is what is tested
    private void leadThroughLife() {
        Thread thread = VirtualThreads.create(submitted::add, "greenlet-self-test", 0, () -> {
            Thread.yield();
            LockSupport.park();
        });
        Runnable original = VirtualThreads.runContinuation(thread);
        Runnable replaced = new Substitute(original);
        VirtualThreads.setRunContinuation(thread, replaced);
        thread.start();
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
