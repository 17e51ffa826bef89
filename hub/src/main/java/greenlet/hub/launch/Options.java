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
 * @param idleLimit the watchdog's limit for a hub in which nothing is pending, or null without a watchdog
 * @param dumpSignal the signal that dumps all hubs, or null for none
 * @param hidden how many entries at the end of the class path the program is not to see in {@code java.class.path}
 * @param isJar whether the target is a jar rather than a class
 * @param target the jar's path or the class's name
 * @param arguments the program's
 */
record Options(
        @Nullable Duration watchLimit,
        @Nullable Duration idleLimit,
        @Nullable String dumpSignal,
        int hidden,
        boolean isJar,
        String target,
        List<String> arguments) {
    static final String WATCH = "--watch=";
    static final String IDLE_LIMIT = "--idle-limit=";
    static final String DUMP_ON_SIGNAL = "--dump-on-signal=";
    static final String HIDE = "--hide=";
    static final String JAR = "-jar";

    /** Longer than what most programs wait for from outside their hub, as a child process or a pool of platform threads. */
    private static final Duration USUAL_IDLE_LIMIT = Duration.ofSeconds(10);

    static Options parse(String[] arguments) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        Duration watchLimit = null;
        Duration idleLimit = null;
        String dumpSignal = null;
        int hidden = 0;
        boolean isJar = false;
        while (!left.isEmpty() && left.getFirst().startsWith("-")) {
            String option = left.removeFirst();
            if (option.startsWith(WATCH)) {
                watchLimit = millis(option.substring(WATCH.length()));
            } else if (option.startsWith(IDLE_LIMIT)) {
                idleLimit = millis(option.substring(IDLE_LIMIT.length()));
            } else if (option.startsWith(DUMP_ON_SIGNAL)) {
                dumpSignal = option.substring(DUMP_ON_SIGNAL.length());
            } else if (option.startsWith(HIDE)) {
                hidden = Integer.parseInt(option.substring(HIDE.length()));
            } else if (option.equals(JAR)) {
                isJar = true;
            } else {
                throw new IllegalArgumentException("Cannot run a program on a hub: the option " + option
                        + " is unknown. Use " + WATCH + "MILLIS, " + IDLE_LIMIT + "MILLIS, " + DUMP_ON_SIGNAL + "NAME, "
                        + HIDE + "NUMBER, "
                        + JAR + ".");
            }
        }
        if (watchLimit == null && idleLimit != null) {
            throw new IllegalArgumentException("Cannot run a program on a hub: " + IDLE_LIMIT
                    + "MILLIS is for the watchdog. Add " + WATCH + "MILLIS.");
        }
        if (left.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot run a program on a hub: none is named. Name a class, or " + JAR + " and a jar.");
        }
        String target = left.removeFirst();
        if (watchLimit != null && idleLimit == null) {
            idleLimit = USUAL_IDLE_LIMIT;
        }
        return new Options(watchLimit, idleLimit, dumpSignal, hidden, isJar, target, List.copyOf(left));
    }

    private static Duration millis(String number) {
        return Duration.ofMillis(Long.parseLong(number));
    }
}
