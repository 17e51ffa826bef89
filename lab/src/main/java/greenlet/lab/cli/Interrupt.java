package greenlet.lab.cli;

import greenlet.lab.fork.Stop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C into a stop of the comparison and keeps the JVM alive until what was measured is written. */
final class Interrupt implements AutoCloseable {
    /** Writing a report takes milliseconds; this bounds what a full disk or a stalled pipe can do. */
    private static final int PATIENCE_SECONDS = 15;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt(Stop stop) {
        hook = Thread.ofPlatform().name("on-interrupt").unstarted(() -> onShutdown(stop));
    }

    static Interrupt install(Stop stop) {
        Interrupt interrupt = new Interrupt(stop);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void onShutdown(Stop stop) {
        stop.request();
        try {
            boolean _ = finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is written. */
    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, or has: it is what this closes for.
        }
    }
}
