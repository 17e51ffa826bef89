package greenlet.lab.advise.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that call, started together: each waits at a gate until all are there.
 *
 * <p>Confined to the thread that made it, but for what the threads themselves do.
 */
final class Callers {
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private @Nullable String refused;

    /** Starts them; fewer if the system refuses some. The life of each begins when the gate opens. */
    static Callers start(Threads makers, int count, IntConsumer life) {
        Callers callers = new Callers();
        for (int i = 0; i < count; i++) {
            int caller = i;
            Thread thread = makers.make(i, () -> callers.live(caller, life));
            try {
                thread.start();
            } catch (OutOfMemoryError noMore) {
                callers.refused = "the system refused more than " + i + " (" + noMore.getMessage() + ")";
                break;
            }
            callers.threads.add(thread);
        }
        return callers;
    }

    private void live(int caller, IntConsumer life) {
        try {
            gate.await();
        } catch (InterruptedException ended) {
            return;
        }
        life.accept(caller);
    }

    void openGate() {
        gate.countDown();
    }

    int count() {
        return threads.size();
    }

    @Nullable
    String refused() {
        return refused;
    }

    List<Thread> threads() {
        return Collections.unmodifiableList(threads);
    }

    /** Waits for all to end; gives one that did not within the time, one that runs rather than one that waits. */
    @Nullable
    Thread awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        Thread stuck = null;
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                if (stuck == null || thread.getState() == Thread.State.RUNNABLE) {
                    stuck = thread;
                }
                if (stuck.getState() == Thread.State.RUNNABLE) {
                    return stuck;
                }
            }
        }
        return stuck;
    }
}
