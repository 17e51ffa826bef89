package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks, queues, yields and first come, first served: one program, one interleaving, however often it runs. */
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(120)
class DeterminismTest {
    private static final int TASKS = 50;
    private static final int STEPS = 60;

    @Test
    void locksQueuesYields_runOften_haveOneInterleaving() throws Exception {
        int runs = 200;
        Set<List<Integer>> interleavings = new HashSet<>();

        for (int run = 0; run < runs; run++) {
            interleavings.add(interleaving(1));
        }

        assertThat(interleavings).hasSize(1);
        // The check can fail: another program has another interleaving.
        assertThat(interleavings).doesNotContain(interleaving(2));
    }

    private static List<Integer> interleaving(long seed) throws Exception {
        List<Integer> trace = new ArrayList<>(TASKS * STEPS);
        ReentrantLock[] locks = {new ReentrantLock(), new ReentrantLock(true), new ReentrantLock()};
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(3);
        Hub.run(() -> {
            for (int task = 0; task < TASKS; task++) {
                int id = task;
                Hub.current().spawn(() -> {
                    SplittableRandom random = new SplittableRandom(seed * 1_000 + id);
                    for (int step = 0; step < STEPS; step++) {
                        trace.add(id);
                        step(random, locks[random.nextInt(locks.length)], queue, id);
                    }
                });
            }
        });
        return trace;
    }

    private static void step(SplittableRandom random, ReentrantLock lock, BlockingQueue<Integer> queue, int id)
            throws InterruptedException {
        switch (random.nextInt(4)) {
            case 0 -> Thread.yield();
            case 1 -> {
                lock.lock();
                try {
                    Thread.yield();
                } finally {
                    lock.unlock();
                }
            }
            case 2 -> {
                // Every producer consumes in the end: nobody is left waiting.
                queue.put(id);
                queue.take();
            }
            default -> Thread.startVirtualThread(Thread::yield).join();
        }
    }
}
