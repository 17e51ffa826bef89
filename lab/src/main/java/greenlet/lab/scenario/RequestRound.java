package greenlet.lab.scenario;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A thread per request, all at once; the round ends with the last answer. */
final class RequestRound {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final ThreadFactory factory;
    private final int port;
    private final int requests;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    RequestRound(ThreadFactory factory, int port, int requests) {
        this.factory = factory;
        this.port = port;
        this.requests = requests;
    }

    /** Started on a thread of the mechanism, so that making the others is as cheap as its own code finds it. */
    Requests.Spent run() throws IOException, InterruptedException {
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        Thread all = factory.newThread(this::requestAll);
        all.start();
        all.join();
        Requests.Spent spent = new Requests.Spent(System.nanoTime() - start, SYSTEM.getProcessCpuTime() - cpu);
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return spent;
    }

    private void requestAll() {
        Thread[] threads = new Thread[requests];
        for (int i = 0; i < requests; i++) {
            threads[i] = factory.newThread(this::request);
            threads[i].start();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            failure.compareAndSet(null, new IOException("interrupted while requests were under way", interrupted));
        }
    }

    private void request() {
        try {
            Client.request(port);
        } catch (IOException failed) {
            failure.compareAndSet(null, failed);
        }
    }
}
