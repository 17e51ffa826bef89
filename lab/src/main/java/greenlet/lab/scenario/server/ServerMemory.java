package greenlet.lab.scenario.server;

import greenlet.lab.process.KernelMemory;
import greenlet.lab.process.ProcessMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

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
        long heap = leftByCollection();
        long pid = ProcessHandle.current().pid();
        return new ServerMemory(heap, ProcessMemory.of(pid).residentBytes(), kernel(List.of(pid)));
    }

    /** What the collection left, not what is used now: under load garbage has been made since. */
    private static long leftByCollection() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
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

    /** {@return of several looks the middle of each figure, so that one disturbed look does not decide} Not a switch point. */
    public static ServerMemory median(List<ServerMemory> looks) {
        return new ServerMemory(
                middle(looks, ServerMemory::heapBytes),
                middle(looks, ServerMemory::otherBytes),
                middle(looks, ServerMemory::kernelBytes));
    }

    private static long middle(List<ServerMemory> looks, ToLongFunction<ServerMemory> figure) {
        return looks.stream()
                .mapToLong(figure)
                .sorted()
                .skip(looks.size() / 2)
                .findFirst()
                .orElseThrow();
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
