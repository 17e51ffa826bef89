package greenlet.bench;

import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A few threads that do nothing but yield to each other. */
// Yields are what is measured.
@SuppressWarnings("ThreadPriorityCheck")
final class Yielders {
    static final int THREADS = 4;
    private static final int YIELDS = 25_000;
    /** Of all threads together. */
    static final int ALL_YIELDS = THREADS * YIELDS;

    private Yielders() {}

    /** The body of one of them. */
    static void yieldOften() {
        for (int i = 0; i < YIELDS; i++) {
            Thread.yield();
        }
    }

    /** Runs them as green threads of that hub and waits for them. */
    static void run(@Nullable Hub hub) throws InterruptedException, ExecutionException {
        if (hub == null) {
            throw new IllegalStateException(
                    "Cannot let green threads yield: the set-up that opens the hub has not run.");
        }
        List<GreenThread<?>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(hub.spawn("yields", Yielders::yieldOften));
        }
        for (GreenThread<?> thread : threads) {
            thread.get();
        }
    }
}
