package greenlet.lab.scenario;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one mechanism that start together: each waits at a gate until all are there.
 *
 * <p>Confined to the thread that made it.
 */
public final class Crew {
    /** What a task does. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @param task number of the task, from 0
         * @throws Exception if it fails; the crew's caller gets it
         */
        void run(int task) throws Exception;
    }

    private final ThreadFactory threads;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Crew(ThreadFactory threads) {
        this.threads = threads;
    }

    /**
     * Lets a number of tasks do the same thing at once. Blocks until the last has ended.
     *
     * @param threads what makes their threads
     * @param tasks how many
     * @param work what each does
     * @return nanoseconds from the opening of the gate to the end of the last task
     * @throws Exception the first failure of a task, or {@link InterruptedException}
     */
    public static long run(ThreadFactory threads, int tasks, Work work) throws Exception {
        return new Crew(threads).run(tasks, work);
    }

    /**
     * Lets one task do something. Blocks until it has ended.
     *
     * @param <T> what it gives
     * @param threads what makes its thread
     * @param work what it does
     * @return what it gave
     * @throws Exception the task's failure, or {@link InterruptedException}
     */
    public static <T> T call(ThreadFactory threads, Callable<T> work) throws Exception {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        run(threads, 1, _ -> result.set(work.call()));
        T given = result.get();
        if (given == null) {
            throw new IllegalStateException(
                    "Cannot go on: a task ended without a result. This is a bug in the lab; please report it.");
        }
        return given;
    }

    private long run(int tasks, Work work) throws Exception {
        Thread[] all = new Thread[tasks];
        CountDownLatch arrived = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            int task = i;
            all[i] = threads.newThread(() -> attempt(arrived, task, work));
            all[i].start();
        }
        arrived.await();
        long start = System.nanoTime();
        gate.countDown();
        for (Thread thread : all) {
            thread.join();
        }
        long nanos = System.nanoTime() - start;
        Throwable failed = failure.get();
        if (failed instanceof Exception exception) {
            throw exception;
        }
        if (failed != null) {
            throw (Error) failed;
        }
        return nanos;
    }

    private void attempt(CountDownLatch arrived, int task, Work work) {
        try {
            arrived.countDown();
            gate.await();
            work.run(task);
        } catch (Throwable failed) {
            failure.compareAndSet(null, failed);
        }
    }
}
