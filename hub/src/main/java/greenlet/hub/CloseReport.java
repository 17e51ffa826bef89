package greenlet.hub;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What closing a hub came to. Immutable.
 *
 * @param hub the hub's name
 * @param killed how many green threads had to be killed because they outlasted the grace
 * @param abandoned the green threads that outlasted even that; they never leave the hub's single turn, see {@link Hub#close()}
 * @param stuckIn the stack of a carrier that did not come back from a green thread that never switches, or null
 */
public record CloseReport(
        String hub,
        int killed,
        List<Abandoned> abandoned,
        @Nullable List<StackTraceElement> stuckIn) {
    /**
     * A green thread that could not be ended.
     *
     * @param name its name
     * @param state its state when it was given up
     * @param stack where it was then
     */
    public record Abandoned(String name, Thread.State state, List<StackTraceElement> stack) {}

    /** Copies the lists. */
    public CloseReport {
        abandoned = List.copyOf(abandoned);
        stuckIn = stuckIn == null ? null : List.copyOf(stuckIn);
    }

    /**
     * Whether every green thread has ended.
     *
     * @return true if none was abandoned
     */
    public boolean isClean() {
        return abandoned.isEmpty();
    }

    /**
     * Who and where, for people.
     *
     * @return one line, and for each abandoned green thread its stack
     */
    public String describe() {
        String head = "Hub '" + hub + "' closed: " + killed + " killed, " + abandoned.size() + " abandoned.";
        // A thread that could not be ended may be one that the JDK has lost.
        String advice =
                isClean() ? "" : JdkAdvice.forThisJdk().map("\n"::concat).orElse("");
        return abandoned.stream().map(CloseReport::describe).collect(Collectors.joining("", head, advice));
    }

    private static String describe(Abandoned thread) {
        return thread.stack().stream()
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining("", "\n  '" + thread.name() + "' " + thread.state(), ""));
    }
}
