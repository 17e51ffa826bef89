package greenlet.hub.watch;

import java.util.List;
import java.util.function.Consumer;

/**
 * What hubs tell Java Flight Recorder, where the JVM has it and it runs: {@code greenlet.Spawn}, {@code greenlet.Switch}, {@code
 * greenlet.Blocked} and {@code greenlet.Stall}. Without module {@code jdk.jfr}, or before a recording is made, nothing of it is touched.
 *
 * <p>Safe for use from any thread.
 */
public final class FlightEvents {
    /** Whether a recording has ever been made in this JVM, so that events are worth a try. Written by the recorder's listener. */
    private static volatile boolean on;

    private FlightEvents() {}

    /**
     * Has the recorder say when it is made, once, and from then on what the hubs do.
     *
     * @param sampler called at each period of {@code greenlet.Switch}; tells its parameter of every hub
     */
    public static synchronized void install(Consumer<SwitchSample> sampler) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            Recorder.install(sampler, () -> on = true);
        }
    }

    /** Told who has the turn on a hub. */
    @FunctionalInterface
    public interface SwitchSample {
        /**
         * One hub at this moment.
         *
         * @param hub its name
         * @param greenThread the name of the green thread that has the turn; empty if none has
         * @param turns how many turns it has given
         * @param greenThreads how many green threads it has
         */
        void sample(String hub, String greenThread, long turns, int greenThreads);
    }

    /**
     * A green thread is being started, by the calling thread.
     *
     * @param hub the name of its hub
     * @param thread the new thread
     */
    public static void spawn(String hub, Thread thread) {
        if (on) {
            Recorder.spawn(hub, thread);
        }
    }

    /**
     * A green thread has kept its turn too long.
     *
     * @param hub the name of its hub
     * @param greenThread its name
     * @param how how it keeps the turn
     * @param heldNanos for how long it has had the turn
     * @param stack where it is
     */
    public static void blocked(
            String hub, String greenThread, String how, long heldNanos, List<StackTraceElement> stack) {
        if (on) {
            Recorder.blocked(hub, greenThread, how, heldNanos, stack);
        }
    }

    /**
     * A hub does not go on by itself.
     *
     * @param hub its name
     * @param certain whether nothing can wake it or part of it, rather than nothing that is known
     * @param description all of it, for people
     */
    public static void stall(String hub, boolean certain, String description) {
        if (on) {
            Recorder.stall(hub, certain, description);
        }
    }
}
