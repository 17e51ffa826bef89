package greenlet.hub.launch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How {@link OnHub} is to run what. Immutable.
 *
 * @param watchLimit the watchdog's limit, or null for none
 * @param dumpSignal the signal that dumps all hubs, or null for none
 * @param hidden how many entries at the end of the class path the program is not to see in {@code java.class.path}
 * @param isJar whether the target is a jar rather than a class
 * @param target the jar's path or the class's name
 * @param arguments the program's
 */
record Options(
        @Nullable Duration watchLimit,
        @Nullable String dumpSignal,
        int hidden,
        boolean isJar,
        String target,
        List<String> arguments) {
    static final String WATCH = "--watch=";
    static final String DUMP_ON_SIGNAL = "--dump-on-signal=";
    static final String HIDE = "--hide=";
    static final String JAR = "-jar";

    static Options parse(String[] arguments) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        Duration watchLimit = null;
        String dumpSignal = null;
        int hidden = 0;
        boolean isJar = false;
        while (!left.isEmpty() && left.getFirst().startsWith("-")) {
            String option = left.removeFirst();
            if (option.startsWith(WATCH)) {
                watchLimit = Duration.ofMillis(Long.parseLong(option.substring(WATCH.length())));
            } else if (option.startsWith(DUMP_ON_SIGNAL)) {
                dumpSignal = option.substring(DUMP_ON_SIGNAL.length());
            } else if (option.startsWith(HIDE)) {
                hidden = Integer.parseInt(option.substring(HIDE.length()));
            } else if (option.equals(JAR)) {
                isJar = true;
            } else {
                throw new IllegalArgumentException("Cannot run a program on a hub: the option " + option
                        + " is unknown. Use " + WATCH + "MILLIS, " + DUMP_ON_SIGNAL + "NAME, " + HIDE + "NUMBER, "
                        + JAR + ".");
            }
        }
        if (left.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot run a program on a hub: none is named. Name a class, or " + JAR + " and a jar.");
        }
        String target = left.removeFirst();
        return new Options(watchLimit, dumpSignal, hidden, isJar, target, List.copyOf(left));
    }
}
