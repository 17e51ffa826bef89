package greenlet;

import greenlet.internal.LeakReports;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A greenlet that was dropped while it was suspended. Immutable.
 *
 * @param greenlet its name
 * @param thread the name of its thread
 * @param reason what happened to it
 * @param created where it was created; null unless {@code -Dgreenlet.leaks=trace} or strict mode records that
 */
public record Leak(
        String greenlet,
        String thread,
        Reason reason,
        @Nullable Throwable created) {
    /** Those that create greenlets for others, by name. */
    private static final List<String> OURS = List.of(
            Greenlet.class.getName(),
            Generator.class.getName(),
            Coroutine.class.getName(),
            Semicoroutine.class.getName());

    /** What happened to a dropped greenlet. */
    public enum Reason {
        /** Nothing referred to it any more; it is unwound now, on its thread. */
        ABANDONED,
        /** Its virtual thread ended; it is dead and its finally blocks have not run. */
        THREAD_ENDED,
        /** It was to be unwound and caught the {@link GreenletExit}. */
        SURVIVED
    }

    /**
     * Chooses who is told of leaks, in all threads; the default logs a warning to the logger {@code greenlet}, for the
     * first leak of a kind and then at each power of ten. Safe for use from any thread. Not a switch point.
     *
     * @param handler called on the thread that notices a leak; what it throws is ignored. Null for the default
     */
    public static void setHandler(@Nullable Consumer<? super Leak> handler) {
        LeakReports.setHandler(handler);
    }

    /**
     * Looks for virtual threads that ended with suspended greenlets, and reports those. Happens by itself when a thread
     * uses greenlets for the first time. Safe for use from any thread. Not a switch point.
     */
    public static void check() {
        LeakReports.checkEndedThreads();
    }

    /**
     * Says it in a sentence with the remedy.
     *
     * @return what happened, where it was created if that is known, and what to do
     */
    public String describe() {
        String event = switch (reason) {
            case ABANDONED -> "was dropped while suspended, and is unwound now";
            case THREAD_ENDED -> "was suspended when its virtual thread ended, and was not unwound";
            case SURVIVED -> "caught the GreenletExit that was to unwind it";
        };
        String remedy = switch (reason) {
            case ABANDONED, THREAD_ENDED -> "Close it, or let it end.";
            case SURVIVED -> "Let GreenletExit pass in its body.";
        };
        String site = created == null
                ? "-Dgreenlet.leaks=trace records where greenlets are created."
                : "It was created at " + firstForeignFrame(created) + ".";
        return "Greenlet '" + greenlet + "' of thread '" + thread + "' " + event + ". " + remedy + " " + site;
    }

    private static String firstForeignFrame(Throwable created) {
        for (StackTraceElement frame : created.getStackTrace()) {
            String name = frame.getClassName();
            if (!isOurs(name)) {
                return frame.toString();
            }
        }
        return "an unknown place";
    }

    private static boolean isOurs(String className) {
        return className.startsWith("greenlet.internal.")
                || className.startsWith("greenlet.host.")
                || OURS.stream().anyMatch(our -> className.equals(our) || className.startsWith(our + "$"));
    }
}
