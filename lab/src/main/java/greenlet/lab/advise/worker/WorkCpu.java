package greenlet.lab.advise.worker;

import com.sun.management.ThreadMXBean;
import greenlet.lab.process.JvmTimes;
import greenlet.lab.process.ProcessCpu;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the work computes from a moment on, wherever it does: on its caller, on a pool of its own or of the JDK, on carriers of virtual threads. A caller
 * that waits for such a thread is blocked; the call is not.
 *
 * <p>Confined to the thread that made it.
 */
final class WorkCpu {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Set<Long> others;
    private final JvmTimes jvmBefore;
    private final long startedBefore;
    private final long processBefore;
    private final Map<Long, Long> before;

    /** From now on, but for threads that are not the work's. */
    WorkCpu(Set<Long> others) {
        this.others = Set.copyOf(others);
        // First what has classes to load, last what counts: the work goes on meanwhile.
        jvmBefore = JvmTimes.now();
        startedBefore = THREADS.getTotalStartedThreadCount();
        processBefore = ProcessCpu.nanos();
        before = cpuOfAll();
    }

    private static Map<Long, Long> cpuOfAll() {
        long[] ids = THREADS.getAllThreadIds();
        long[] nanos = THREADS.getThreadCpuTime(ids);
        Map<Long, Long> all = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1: it has ended meanwhile.
            all.put(ids[i], Math.max(0, nanos[i]));
        }
        return all;
    }

    /** CPU time since then. */
    long nanos() {
        long process = ProcessCpu.nanos() - processBefore;
        long work = 0;
        long rest = 0;
        for (Map.Entry<Long, Long> thread : cpuOfAll().entrySet()) {
            long nanos = Math.max(0, thread.getValue() - before.getOrDefault(thread.getKey(), 0L));
            if (others.contains(thread.getKey())) {
                rest += nanos;
            } else {
                work += nanos;
            }
        }
        if (THREADS.getTotalStartedThreadCount() == startedBefore) {
            return work;
        }
        // What ended meanwhile is in no thread's account, only in that of the process.
        JvmTimes jvm = JvmTimes.now().since(jvmBefore);
        return Math.max(work, process - rest - jvm.collectionNanos() - jvm.compilationNanos());
    }
}
