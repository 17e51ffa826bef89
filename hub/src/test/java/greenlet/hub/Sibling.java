package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two green threads of one hub: one makes a call that cannot return before it is released, the other one has turns meanwhile, keeps the
 * longest gap between two of them, and releases the call. If the call held up the hub, the sibling would have no turns and nobody would
 * release it. If it held up the hub for a part of the time, that gap would be long: it must be under half of the call.
 *
 * <p>How long a call lasts is for the sibling to say, so that a machine which is busy decides nothing: it goes on until the longest gap is
 * well below it, whatever made that gap, or until it has lasted {@link #LONGEST}, which fails.
 */
final class Sibling {
    /** How many turns the sibling has at least while the call is under way. */
    static final int TURNS = 25;

    /** How long a call lasts at least; what is measured in it goes into docs/blocking-calls.md. */
    static final Duration SHORTEST = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int PATIENCE_SECONDS = 60;

    /** What may throw anything. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** How long a call lasted, and the longest that its sibling had no turn meanwhile. */
    record Stall(long nanos, long callNanos) {
        private static final Pattern TOLD = Pattern.compile("longest stall of the sibling: ([0-9.]+) ms of ([0-9.]+)");

        /** Whether a line is of one that another process measured. */
        static boolean isTold(String line) {
            return TOLD.matcher(line).find();
        }

        /** What such a line tells. */
        static Stall parse(String line) {
            Matcher told = TOLD.matcher(line);
            assertThat(told.find()).as(line).isTrue();
            return new Stall(
                    (long) (1e6 * Double.parseDouble(told.group(1))), (long) (1e6 * Double.parseDouble(told.group(2))));
        }

        boolean isWellBelowTheCall() {
            return nanos < callNanos / 2;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "longest stall of the sibling: %.1f ms of %.0f", nanos / 1e6, callNanos / 1e6);
        }
    }

    private static boolean rehearsed;

    private boolean entered;
    private boolean returned;
    private int turns;
    private long enteredNanos;
    private long turnNanos;
    private Stall stall = new Stall(0, 0);

    private Sibling() {}

    /**
     * Checks that a sibling has its turns while a call blocks.
     *
     * @param call blocks until it is released
     * @param release lets the call return; run by the sibling
     */
    static Stall hasTurnsDuring(Step call, Step release) throws Exception {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            return hasTurnsDuring(hub, call, release);
        }
    }

    static Stall hasTurnsDuring(Hub hub, Step call, Step release) throws Exception {
        rehearse();
        Sibling pair = new Sibling();
        String test = nameOfTheTest();
        return pair.measure(hub, call, () -> {
            System.err.println(test + ": " + pair.stall);
            release.run();
        });
    }

    /** The first hand-off of a JVM loads what it needs: not what is to be measured. */
    private static synchronized void rehearse() throws Exception {
        if (!rehearsed) {
            rehearsed = true;
            Process cat = new ProcessBuilder("cat").start();
            try (Hub hub = Hub.start()) {
                Step release = () -> cat.getOutputStream().close();
                new Sibling().measure(hub, () -> cat.getInputStream().read(), release);
            }
        }
    }

    private Stall measure(Hub hub, Step call, Step release) throws Exception {
        GreenThread<?> caller = hub.spawn("caller", () -> call(call));
        GreenThread<?> sibling = hub.spawn("sibling", () -> haveTurnsThenRelease(release));
        try {
            sibling.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            caller.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return stall;
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "The call held up the hub: its sibling had " + turns + " turns of " + TURNS + "; caller at "
                            + java.util.List.of(caller.thread().getStackTrace()),
                    e);
        }
    }

    private static String nameOfTheTest() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Sibling.class.getName()))
                        .map(frame -> frame.getClassName().replaceFirst(".*\\.", "") + "." + frame.getMethodName())
                        .findFirst()
                        .orElseThrow());
    }

    private void call(Step call) throws Exception {
        enteredNanos = System.nanoTime();
        turnNanos = enteredNanos;
        entered = true;
        call.run();
        returned = true;
    }

    private void haveTurnsThenRelease(Step release) throws Exception {
        while (turns < TURNS || !isDecided()) {
            Thread.sleep(1);
            if (entered && !returned) {
                takeTurn();
            }
            assertThat(returned).as("the call returned before it was released").isFalse();
        }
        assertThat(stall).matches(Stall::isWellBelowTheCall, "is well below the call");
        release.run();
    }

    private void takeTurn() {
        long now = System.nanoTime();
        turns++;
        stall = new Stall(Math.max(stall.nanos(), now - turnNanos), now - enteredNanos);
        turnNanos = now;
    }

    private boolean isDecided() {
        return (stall.callNanos() >= SHORTEST.toNanos() && stall.isWellBelowTheCall())
                || stall.callNanos() >= LONGEST.toNanos();
    }
}
