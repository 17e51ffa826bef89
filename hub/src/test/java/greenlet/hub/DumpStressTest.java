package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps while many green threads come, go, wait and wake each other: no crash, no hang, nobody twice, nobody lost. */
// Yields are part of the churn; handles are of no use in it.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(300)
class DumpStressTest {
    private static final int THREADS = 1_000;
    private static final int DUMPS = Proofs.size(15, 150, 5_000);
    private static final long SEED = 20261125;

    @Test
    void dump_whileAThousandChurn_findsEachLivingOneOnce() {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong steps = new AtomicLong();
        try (Hub hub = Hub.builder().grace(Duration.ofSeconds(30)).start()) {
            Churn churn = new Churn(stop, steps);
            for (int i = 0; i < THREADS; i++) {
                long seed = SEED + i;
                hub.spawn("churn-" + i, () -> churn.run(new Random(seed)));
            }
            long before = 0;
            for (int i = 0; i < DUMPS; i++) {
                HubDump dump = hub.dump();
                Set<Long> ids = new HashSet<>();
                dump.greenThreads()
                        .forEach(thread -> assertThat(ids.add(thread.id()))
                                .as("'%s' once in a dump", thread.name())
                                .isTrue());
                // The thousand never end before they are told to.
                assertThat(dump.greenThreads().stream()
                                .filter(thread -> thread.name().startsWith("churn-")))
                        .hasSize(THREADS);
                // They go on: a thread that a dump forgot to wake would be missed below.
                while (steps.get() == before) {
                    Thread.onSpinWait();
                }
                before = steps.get();
            }
            stop.set(true);
        } // waits for all to end: if a dump had lost one, closing would have to kill it
        assertThat(steps.get()).isPositive();
    }

    @Test
    void close_afterDumps_hasNobodyToKill() {
        AtomicBoolean stop = new AtomicBoolean();
        Hub hub = Hub.builder().grace(Duration.ofSeconds(60)).start();
        Churn churn = new Churn(stop, new AtomicLong());
        for (int i = 0; i < 100; i++) {
            long seed = SEED - i;
            hub.spawn("churn-" + i, () -> churn.run(new Random(seed)));
        }
        for (int i = 0; i < DUMPS * 10; i++) {
            assertThat(hub.dump().greenThreads()).hasSizeGreaterThanOrEqualTo(100);
        }
        stop.set(true);

        CloseReport report = hub.close(Duration.ofSeconds(60));

        assertThat(report.killed()).as("%s", report.describe()).isZero();
    }

    /** Waits in all the ways whose ends a dump has to put right if they come while it looks. */
    private record Churn(
            AtomicBoolean stop, AtomicLong steps, ReentrantLock lock, Object monitor, SynchronousQueue<Integer> queue) {
        Churn(AtomicBoolean stop, AtomicLong steps) {
            this(stop, steps, new ReentrantLock(), new Object(), new SynchronousQueue<>());
        }

        void run(Random random) throws InterruptedException {
            while (!stop.get()) {
                step(random.nextInt(7));
                steps.incrementAndGet();
            }
        }

        private void step(int kind) throws InterruptedException {
            switch (kind) {
                case 0 -> Thread.yield();
                case 1 -> Thread.sleep(Duration.ofNanos(200_000));
                case 2 -> {
                    lock.lock();
                    try {
                        Thread.yield();
                    } finally {
                        lock.unlock();
                    }
                }
                case 3 -> {
                    synchronized (monitor) {
                        Thread.yield();
                    }
                }
                case 4 -> queue.offer(1, 1, java.util.concurrent.TimeUnit.MILLISECONDS);
                case 5 -> queue.poll(1, java.util.concurrent.TimeUnit.MILLISECONDS);
                default -> Hub.current().spawn("short", () -> Thread.yield());
            }
        }
    }
}
