package greenlet.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    /** The JDK counts in steps of ten milliseconds. */
    private static final long STEPS = TimeUnit.MILLISECONDS.toNanos(50);

    @Test
    void nanos_isTheClockThatTheJdkReadsCoarsely() {
        OperatingSystemMXBean jdk = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = jdk.getProcessCpuTime();
        long ours = ProcessCpu.nanos();
        long after = jdk.getProcessCpuTime();
        assertThat(ours).isBetween(before - STEPS, after + STEPS);
        assertThat(ProcessCpu.nanos()).isGreaterThanOrEqualTo(ours);
    }
}
