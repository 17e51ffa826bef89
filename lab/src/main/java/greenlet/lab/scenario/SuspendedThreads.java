package greenlet.lab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/** A number of threads, each suspended at the same depth; {@link #release} lets them run to their end. */
final class SuspendedThreads {
    private final Suspended.Gate gate;
    private final List<Thread> threads;

    private SuspendedThreads(Suspended.Gate gate, List<Thread> threads) {
        this.gate = gate;
        this.threads = threads;
    }

    /**
     * Starts them and waits until each is at its place. If the system refuses a thread, the error comes through and those that exist are
     * ended.
     */
    static SuspendedThreads start(ThreadFactory factory, int count, int depth) throws InterruptedException {
        Suspended.Gate gate = new Suspended.Gate(count);
        List<Thread> threads = new ArrayList<>(count);
        SuspendedThreads all = new SuspendedThreads(gate, threads);
        try {
            for (int i = 0; i < count; i++) {
                Thread thread = factory.newThread(new Suspended(gate, depth));
                thread.start();
                threads.add(thread);
            }
        } catch (OutOfMemoryError refused) {
            all.release();
            throw refused;
        }
        gate.awaitArrivals();
        return all;
    }

    void release() throws InterruptedException {
        gate.open();
        threads.forEach(LockSupport::unpark);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
