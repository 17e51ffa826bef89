package greenlet.hub;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What closing a hub came to. Immutable.
 *
 * @param hub the hub's name
 * @param ended the green threads that had to be killed because they outlasted the grace, and have ended by that
 * @param abandoned the green threads that outlasted even that; they never leave the hub's single turn, see {@link Hub#close()}
 * @param stuckIn the stack of a carrier that did not come back from a green thread that never switches, or null
 * @param finished false if another caller is still closing the hub, so that nothing is known yet; see {@link Hub#close(java.time.Duration)}
 */
public record CloseReport(
        String hub,
        List<Ended> ended,
        List<Abandoned> abandoned,
        @Nullable List<StackTraceElement> stuckIn,
        boolean finished) {
    /** What ended a green thread that outlasted the grace. */
    public enum Step {
        /** The kill: its mark, and interrupts. */
        INTERRUPT,
        /** Its {@link greenlet.GreenletExit}, thrown by what it waited in. */
        INJECTION
    }

    /**
     * A green thread that had to be killed and has ended.
     *
     * @param name its name
     * @param step what ended it
     */
    public record Ended(String name, Step step) {}

    /**
     * A green thread that could not be ended.
     *
     * @param name its name
     * @param state its state when it was given up
     * @param stack where it was then
     * @param reason why nothing could be thrown into it, or that it caught what was
     */
    public record Abandoned(String name, Thread.State state, List<StackTraceElement> stack, String reason) {
        /** Copies the stack. */
        public Abandoned {
            stack = List.copyOf(stack);
        }
    }

    /** Copies the lists. */
    public CloseReport {
        ended = List.copyOf(ended);
        abandoned = List.copyOf(abandoned);
        stuckIn = stuckIn == null ? null : List.copyOf(stuckIn);
    }

    /** Of a closing that has come to its end. */
    CloseReport(String hub, List<Ended> ended, List<Abandoned> abandoned, @Nullable List<StackTraceElement> stuckIn) {
        this(hub, ended, abandoned, stuckIn, true);
    }

    /** For a second closer, while the first is at it. */
    static CloseReport unfinished(String hub) {
        return new CloseReport(hub, List.of(), List.of(), null, false);
    }

    /**
     * How many green threads had to be killed, whether they ended or not.
     *
     * @return the number
     */
    public int killed() {
        return ended.size() + abandoned.size();
    }

    /**
     * Whether every green thread has ended.
     *
     * @return true if the closing has finished and none was abandoned
     */
    public boolean isClean() {
        return finished && abandoned.isEmpty();
    }

    /**
     * Who, by what and where, for people.
     *
     * @return one line, and for each green thread that more than an interrupt was needed for another one, with its stack if it was abandoned
     */
    public String describe() {
        if (!finished) {
            return "Hub '" + hub
                    + "' is still being closed by another caller, and what that comes to is not known yet. Take the"
                    + " report of that caller's close, or call close again from outside the hub's green threads: it"
                    + " waits.";
        }
        long injected =
                ended.stream().filter(thread -> thread.step() == Step.INJECTION).count();
        StringBuilder text = new StringBuilder("Hub '" + hub + "' closed: " + killed() + " killed; "
                + (ended.size() - injected) + " ended by interrupts, " + injected + " by injection, "
                + abandoned.size() + " abandoned.");
        for (Ended thread : ended) {
            if (thread.step() == Step.INJECTION) {
                text.append("\n  '").append(thread.name()).append("' ended by injection");
            }
        }
        abandoned.forEach(thread -> text.append(describe(thread)));
        if (!isClean()) { // one that could not be ended may be one that the JDK has lost
            JdkAdvice.forThisJdk().ifPresent(advice -> text.append('\n').append(advice));
        }
        return text.toString();
    }

    private static String describe(Abandoned thread) {
        return thread.stack().stream()
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining(
                        "", "\n  '" + thread.name() + "' " + thread.state() + " abandoned: " + thread.reason(), ""));
    }
}
