package greenlet.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class RunQueueTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void waitedNanos_ofThisThread_isNoLongerThanItLived() {
        long start = System.nanoTime();
        long number = RunQueue.threadNumber().orElseThrow();
        long before = RunQueue.waitedNanos(number).orElseThrow();
        long after = RunQueue.waitedNanos(number).orElseThrow();
        assertThat(after - before).isBetween(0L, System.nanoTime() - start);
    }

    @Test
    void waitedNanos_ofNoThread_isNotKnown() {
        assertThat(RunQueue.waitedNanos(Long.MAX_VALUE)).isEmpty();
    }
}
