package greenlet.lab.scenario.server;

import greenlet.lab.process.KernelMemory;
import greenlet.lab.process.ProcessMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What a server holds.
 *
 * @param heapBytes live heap
 * @param otherBytes for threads: resident set of the process, whose heap was touched beforehand, so that it grows by what is outside the
 *     heap; for processes: their resident sets less the live heap
 * @param kernelBytes page tables, kernel stacks, socket buffers; 0 where the system does not tell
 */
public record ServerMemory(long heapBytes, long otherBytes, long kernelBytes) {
    static final ServerMemory NONE = new ServerMemory(0, 0, 0);

    static ServerMemory ofThisProcess() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long pid = ProcessHandle.current().pid();
        return new ServerMemory(heap, ProcessMemory.of(pid).residentBytes(), kernel(List.of(pid)));
    }

    static ServerMemory ofProcesses(List<Long> pids, long heapBytes) throws IOException {
        long resident = 0;
        for (long pid : pids) {
            resident += ProcessMemory.of(pid).residentBytes();
        }
        return new ServerMemory(heapBytes, Math.max(0, resident - heapBytes), kernel(pids));
    }

    public ServerMemory since(ServerMemory before) {
        return new ServerMemory(
                Math.max(0, heapBytes - before.heapBytes),
                Math.max(0, otherBytes - before.otherBytes),
                Math.max(0, kernelBytes - before.kernelBytes));
    }

    public long residentBytes() {
        return heapBytes + otherBytes;
    }

    private static long kernel(List<Long> pids) throws IOException {
        if (!KernelMemory.isTold()) {
            return 0;
        }
        long sum = KernelMemory.ofSockets();
        for (long pid : pids) {
            sum += KernelMemory.ofProcess(pid);
        }
        return sum;
    }
}
