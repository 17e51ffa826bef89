package greenlet.lab.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when the one that started it is gone: its standard input then ends. Without it a killed comparison would leave
 * workers behind.
 *
 * <p>Safe for use from any thread.
 */
public final class Lifeline {
    private static final int PARENT_GONE = 75;

    private Lifeline() {}

    /** Watches standard input from a daemon thread; nobody else may read it. Not a switch point. */
    public static void watch() {
        Thread.ofPlatform().daemon().name("lifeline").start(() -> awaitEndOf(System.in));
    }

    /** Ends this process at once, children included. Not a switch point. */
    public static void cut() {
        ProcessTree.killChildren();
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    private static void awaitEndOf(InputStream in) {
        try {
            while (in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException broken) {
            // A broken pipe says the same as its end.
        }
        cut();
    }
}
