package greenlet.lab.process;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * CPU time of this process. On Linux from the process's own clock, to the microsecond: what the JDK tells comes in steps of ten
 * milliseconds, too coarse for a window of some hundred. Elsewhere from the JDK.
 *
 * <p>Safe for use from any thread.
 */
public final class ProcessCpu {
    /** {@code CLOCK_PROCESS_CPUTIME_ID} of Linux. */
    private static final int PROCESS_CLOCK = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final StructLayout TIMESPEC = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("seconds"), ValueLayout.JAVA_LONG.withName("nanos"));
    private static final Optional<MethodHandle> CLOCK_GETTIME = Libc.find("clock_gettime");

    private ProcessCpu() {}

    /** {@return nanoseconds of CPU time that all threads of this process have used, those that have ended included} Not a switch point. */
    public static long nanos() {
        return CLOCK_GETTIME.isPresent() ? read(CLOCK_GETTIME.get()) : fromJdk();
    }

    private static long fromJdk() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static long read(MethodHandle clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(TIMESPEC);
            int failed = (int) clock.invokeExact(PROCESS_CLOCK, time);
            if (failed != 0) {
                return fromJdk();
            }
            return time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
        } catch (Throwable impossible) {
            throw new IllegalStateException(
                    "Cannot read the process's clock. This is a bug in the lab; please report it.", impossible);
        }
    }
}
