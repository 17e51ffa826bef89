package greenlet.lab.scenario;

import greenlet.lab.process.ProcessMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What this process holds after a collection. Its heap must be touched beforehand ({@code -XX:+AlwaysPreTouch}), so that growth of the
 * resident set is growth outside the heap.
 *
 * @param heapBytes live heap
 * @param outsideBytes resident set
 * @param addressBytes address space
 */
record Footprint(long heapBytes, long outsideBytes, long addressBytes) {
    static Footprint now() throws IOException {
        System.gc();
        long heap = heapUsed();
        ProcessMemory memory = ProcessMemory.of(ProcessHandle.current().pid());
        return new Footprint(heap, memory.residentBytes(), memory.reservedBytes());
    }

    static long heapUsed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    Footprint since(Footprint before) {
        return new Footprint(
                heapBytes - before.heapBytes, outsideBytes - before.outsideBytes, addressBytes - before.addressBytes);
    }

    /** Live heap and what was touched outside it; a shrunk resident set counts as none. */
    long residentBytes() {
        return heapBytes + Math.max(0, outsideBytes);
    }

    long reservedBytes() {
        return heapBytes + Math.max(0, addressBytes);
    }
}
