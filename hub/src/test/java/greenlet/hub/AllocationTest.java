package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a green thread's start the hub allocates nothing for its turns, its timed waits and its wake-ups: counted by the JVM. */
@SuppressWarnings("ThreadPriorityCheck") // yields are what is counted
@Timeout(60)
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int TIMES = 20_000;

    /** The smallest object; on average no switch may cost half of one. */
    private static final int SMALLEST_OBJECT_BYTES = 16;

    /** What the JDK itself allocates for a timed park: the method reference that it gives the scheduler. */
    private static final int JDK_TIMER_BYTES = 16;

    /** Runs a body that switches {@link #TIMES} times, twice, and returns what the carrier allocated the second time. */
    private static long bytesPerTime(Action<?> body) throws Exception {
        List<Long> bytes = new ArrayList<>();
        try (Hub hub = Hub.builder().name("counted").start()) {
            for (int i = 0; i < 2; i++) {
                hub.spawn(() -> {
                            long carrier = carrierId();
                            long before = THREADS.getThreadAllocatedBytes(carrier);
                            body.run();
                            bytes.add(THREADS.getThreadAllocatedBytes(carrier) - before);
                            return carrier;
                        })
                        .get();
            }
            assertThat(hub.statistics().handOffs()).as("one carrier did it all").isZero();
        }
        return bytes.getLast() / TIMES;
    }

    @Test
    void yields_allocateNothing() throws Exception {
        assertThat(bytesPerTime(() -> {
                    var _ = Hub.current().spawn(AllocationTest::yieldOften);
                    yieldOften();
                }))
                .isLessThan(SMALLEST_OBJECT_BYTES / 2);
    }

    @Test
    void timedWaits_allocateNothingBeyondTheJdksOwn() throws Exception {
        assertThat(bytesPerTime(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        LockSupport.parkNanos(1);
                    }
                }))
                .isLessThan(JDK_TIMER_BYTES + SMALLEST_OBJECT_BYTES / 2);
    }

    @Test
    @SuppressWarnings("ModifiedButNotUsed") // to be allocated is all that they are for
    void sameCount_ofABodyThatAllocates_findsIt() throws Exception {
        List<Object> sink = new ArrayList<>();
        assertThat(bytesPerTime(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        Thread.yield();
                        sink.add(new Object());
                    }
                }))
                .isGreaterThanOrEqualTo(SMALLEST_OBJECT_BYTES);
    }

    @Test
    void wakeUpsFromOutside_allocateNothing() throws Exception {
        boolean[] over = {false};
        try (Hub hub = Hub.start()) {
            GreenThread<?> parked = hub.spawn(() -> {
                while (!over[0]) {
                    LockSupport.park();
                }
            });
            unparkOften(parked.thread());
            long before = THREADS.getCurrentThreadAllocatedBytes();
            unparkOften(parked.thread());
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;

            assertThat(bytes / TIMES).isZero();
            over[0] = true;
            LockSupport.unpark(parked.thread());
        }
    }

    @Test
    void everyGreenThread_hasRoomForItsWaitAndForBeingRemindedOfItsKill() {
        int threads = 100;
        Hub.runUntilMainEnds(() -> {
            Hub hub = Hub.current();
            int[] begun = {0};
            for (int i = 0; i < threads; i++) {
                var _ = hub.spawn(() -> {
                    begun[0]++;
                    LockSupport.park();
                });
            }
            while (begun[0] < threads) {
                Thread.yield();
            }
            assertThat(hub.loop().timerRoom()).isGreaterThanOrEqualTo(2 * threads);
        });
    }

    @Test
    void greenThreadsAndTimeouts_oneAfterAnother_giveTheirRoomBack() throws Exception {
        Hub.run(() -> {
            Hub hub = Hub.current();
            int room = hub.loop().timerRoom();
            for (int i = 0; i < 2 * room; i++) {
                hub.spawn(() -> greenlet.hub.Timeout.of(Duration.ofDays(1)).run(Thread::yield))
                        .join();
            }
            assertThat(hub.loop().timerRoom()).isEqualTo(room);
        });
    }

    private static void unparkOften(Thread thread) {
        for (int i = 0; i < TIMES; i++) {
            LockSupport.unpark(thread);
        }
    }

    private static void yieldOften() {
        for (int i = 0; i < TIMES; i++) {
            Thread.yield();
        }
    }

    private static long carrierId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("counted-carrier"))
                .mapToLong(Thread::threadId)
                .findFirst()
                .orElseThrow();
    }
}
