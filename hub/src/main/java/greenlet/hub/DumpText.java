package greenlet.hub;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A dump in words. */
final class DumpText {
    private static final double NANOS_PER_SECOND = 1e9;

    private DumpText() {}

    static String of(HubDump dump) {
        StringBuilder out = new StringBuilder();
        HubStatistics numbers = dump.statistics();
        out.append("Hub '").append(dump.hub()).append("': ");
        count(out, dump.greenThreads().size(), "green thread").append(", ");
        count(out, numbers.switches(), "turn").append(" given, ");
        count(out, numbers.timers(), "timed wait").append(", ");
        count(out, numbers.carriers(), "carrier").append(", ");
        count(out, numbers.handOffs(), "hand-off")
                .append("; ")
                .append(numbers.polling())
                .append('\n');
        JdkAdvice.forThisJdk().ifPresent(advice -> out.append(advice).append('\n'));
        dump.greenThreads().forEach(thread -> append(out, thread));
        return out.toString();
    }

    /** One green thread: a line, its stack, and what it holds. */
    static void append(StringBuilder out, GreenThreadDump thread) {
        out.append('\n').append(head(thread)).append('\n');
        frames(out, "    at ", thread.stack());
        thread.holds().forEach(held -> out.append("    holds <").append(held).append(">\n"));
        GreenThreadDump.Origin origin = thread.origin();
        if (origin != null) {
            out.append("    spawned by '").append(origin.by()).append("'\n");
            frames(out, "        at ", origin.at());
        }
    }

    /** Who, in which state, for how long, for what. */
    static String head(GreenThreadDump thread) {
        StringBuilder out = new StringBuilder();
        out.append('\'').append(thread.name()).append("' #").append(thread.id());
        out.append(' ').append(thread.state());
        out.append(thread.killed() ? ", killed" : "").append(thread.spawned() ? "" : ", inherited");
        Duration waiting = thread.waiting();
        if (waiting != null) {
            out.append(" for ").append(seconds(waiting));
        }
        GreenThreadDump.Wait wait = thread.waits();
        return out.append(wait == null ? "" : ": " + describe(wait)).toString();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / NANOS_PER_SECOND);
    }

    static void frames(StringBuilder out, String before, List<StackTraceElement> stack) {
        stack.forEach(frame -> out.append(before).append(frame).append('\n'));
    }

    private static String describe(GreenThreadDump.Wait wait) {
        String object = "<" + (wait.object() == null ? "unknown" : wait.object()) + ">";
        return switch (wait.kind()) {
            case SYNCHRONIZER -> "parked for " + object + heldBy(wait.owner(), wait);
            case MONITOR -> "waits to lock " + object + heldBy(wait.owner(), wait);
            case NOTIFICATION -> "waits to be notified on " + object;
            case END_OF_THREAD -> "waits for the end of '" + wait.owner() + "' #" + wait.ownerId();
            case INPUT -> "waits for input or output";
            case SLEEP -> "sleeps";
        };
    }

    private static String heldBy(@Nullable String owner, GreenThreadDump.Wait wait) {
        return owner == null ? "" : " held by '" + owner + "' #" + wait.ownerId();
    }

    private static StringBuilder count(StringBuilder out, long number, String what) {
        return out.append(number).append(' ').append(what).append(number == 1 ? "" : "s");
    }
}
