package greenlet.hub.internal.jdk;

import jdk.internal.misc.Signal;

/** Has a signal of the operating system handled. The one way that needs no module beside {@code java.base}. */
public final class ProcessSignal {
    private ProcessSignal() {}

    /**
     * Handles a signal from now on, instead of whoever did; each in a thread of its own.
     *
     * @param name without {@code SIG}, as {@code USR1}
     * @param handler what to do
     * @throws IllegalArgumentException if there is no such signal here, or the JVM keeps it for itself
     */
    public static void handle(String name, Runnable handler) {
        Signal.handle(new Signal(name), signal -> handler.run());
    }
}
