package greenlet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a part of a test on a thread of its own, waits for its end with a bound, and throws what it threw. */
public final class OnThread {
    /** What runs there. */
    @FunctionalInterface
    public interface Task {
        /** Runs. */
        void run() throws Throwable;
    }

    private static final Duration BOUND = Duration.ofMinutes(3);

    private OnThread() {}

    /** On a platform thread, whose stack is short and whose end unwinds its greenlets. */
    public static void platform(Task task) {
        join(Thread.ofPlatform(), BOUND, task);
    }

    /** On a platform thread, for a long proof. */
    public static void platform(Duration bound, Task task) {
        join(Thread.ofPlatform(), bound, task);
    }

    /** On a virtual thread. */
    public static void virtual(Task task) {
        join(Thread.ofVirtual(), BOUND, task);
    }

    /** On a platform thread with so much stack. */
    public static void withStack(long stackBytes, Task task) {
        join(Thread.ofPlatform().stackSize(stackBytes), BOUND, task);
    }

    private static void join(Thread.Builder builder, Duration bound, Task task) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = builder.name("test").start(() -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        try {
            if (!thread.join(bound)) {
                throw new AssertionError("the test's thread is still running after " + bound);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw new AssertionError("the test's thread failed: " + thrown, thrown);
        }
    }
}
