package greenlet.lab.scenario;

import greenlet.lab.process.ChildJvm;
import greenlet.lab.process.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A number of JVMs with one suspended task each, started with the flags that keep a JVM smallest. */
final class SuspendedProcesses implements AutoCloseable {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m");

    private final List<ChildJvm> children = new ArrayList<>();
    private int arrived;
    private long heapBytes;

    void start(int depth) {
        try {
            children.add(ChildJvm.start(SMALL, SuspendedProcess.class, List.of(Integer.toString(depth))));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Waits until each that was not awaited yet is at its place. */
    void awaitArrivals() throws IOException {
        for (ChildJvm child : children.subList(arrived, children.size())) {
            heapBytes += Long.parseLong(child.hear());
            arrived++;
        }
    }

    int size() {
        return children.size();
    }

    long heapBytes() {
        return heapBytes;
    }

    long residentBytes() throws IOException {
        long sum = 0;
        for (ChildJvm child : children) {
            sum += ProcessMemory.of(child.pid()).residentBytes();
        }
        return sum;
    }

    long reservedBytes() throws IOException {
        long sum = 0;
        for (ChildJvm child : children) {
            sum += ProcessMemory.of(child.pid()).reservedBytes();
        }
        return sum;
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }
}
