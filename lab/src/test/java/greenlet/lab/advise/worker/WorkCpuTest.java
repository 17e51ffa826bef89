package greenlet.lab.advise.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkCpuTest {
    private static final long SPUN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** By this thread's clock, however busy the machine is. */
    private static void spin() {
        var threads = ManagementFactory.getThreadMXBean();
        for (long end = threads.getCurrentThreadCpuTime() + SPUN_NANOS; threads.getCurrentThreadCpuTime() < end; ) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nanos_poolComputes_countsWithItsCaller() throws Exception {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            pool.submit(() -> {}).get();
            WorkCpu cpu = new WorkCpu(Set.of());
            pool.submit(WorkCpuTest::spin).get();
            assertThat(cpu.nanos()).isGreaterThanOrEqualTo(SPUN_NANOS);
        }
    }

    @Test
    void nanos_threadThatHasEnded_countsToo() throws Exception {
        Thread thread = Thread.ofPlatform().unstarted(WorkCpuTest::spin);
        WorkCpu cpu = new WorkCpu(Set.of());
        thread.start();
        thread.join();
        // The compiler's account is of time that passes, and to the millisecond.
        assertThat(cpu.nanos()).isGreaterThanOrEqualTo(SPUN_NANOS / 4);
    }

    @Test
    void nanos_otherThreads_doNotCount() {
        WorkCpu cpu = new WorkCpu(Set.of(Thread.currentThread().threadId()));
        WorkCpu all = new WorkCpu(Set.of());
        spin();
        assertThat(all.nanos() - cpu.nanos()).isGreaterThanOrEqualTo(SPUN_NANOS / 2);
    }
}
