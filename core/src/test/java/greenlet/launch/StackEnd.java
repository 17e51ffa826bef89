package greenlet.launch;

import greenlet.Greenlet;
import org.jspecify.annotations.Nullable;

/**
 * Switches at each of the last 200 frames of a stack, from code that has long been compiled and in a JVM in which nothing
 * has failed yet. Each round begins a frame further down, so that the stack ends somewhere else in the frames of a switch.
 * Prints what it found.
 */
@SuppressWarnings({"InfiniteRecursion", "ReferenceEquality"
}) // the end of the stack is the point; the same object comes back
final class StackEnd {
    private static final int FRAMES = 200;
    private static final int ROUNDS = 48;
    private static final int WARM_UP = 60_000;
    private static final int SAMPLE = 31;
    private static final long STACK_BYTES = 320 << 10;

    // Plain fields, because there is no stack left to call anything.
    private int delivered;
    private int overflown;
    private int wrong;
    private int deliveredInARow;
    private @Nullable Greenlet echo;
    private @Nullable Throwable failure;

    private StackEnd() {}

    /** Prints {@code usable} and the counts, or fails. */
    public static void main(String[] args) throws InterruptedException {
        StackEnd test = new StackEnd();
        Thread thread = new Thread(null, test::run, "short", STACK_BYTES);
        thread.start();
        thread.join();
        Throwable failure = test.failure;
        if (failure != null) {
            throw new AssertionError("after " + test.overflown + " overflows", failure);
        }
        if (test.wrong > 0 || test.overflown == 0) {
            throw new AssertionError("wrong " + test.wrong + ", overflown " + test.overflown);
        }
        System.out.println("usable, delivered " + test.delivered);
    }

    private void run() {
        try {
            for (int i = 0; i < WARM_UP; i++) {
                echo().switchTo("warm");
                Greenlet.of(first -> first).switchTo("warm");
            }
            for (int round = 0; round < ROUNDS; round++) {
                deliveredInARow = 0;
                descend(round, round % 2 == 0);
                if (echo().switchTo("here") != "here") {
                    throw new AssertionError("the echo is not itself in round " + round);
                }
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private Greenlet echo() {
        Greenlet known = echo;
        if (known == null || known.isDead()) {
            Greenlet home = Greenlet.current();
            known = Greenlet.of("echo", first -> {
                Object value = first;
                while (true) {
                    value = home.switchTo(value);
                }
            });
            echo = known;
        }
        return known;
    }

    private int descend(int frames, boolean toAnother) {
        if (frames > 0) {
            return descend(frames - 1, toAnother) + 1;
        }
        return toAnother ? probeSwitch() : probeStart();
    }

    private int probeSwitch() {
        int above;
        try {
            above = probeSwitch() + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (isToTry(above)) {
            try {
                Integer sent = above;
                count(echo().switchTo(sent) == sent);
            } catch (StackOverflowError end) {
                overflown++;
                deliveredInARow = 0;
            }
        }
        return above;
    }

    private int probeStart() {
        int above;
        try {
            above = probeStart() + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (isToTry(above)) {
            try {
                count(Greenlet.of("one shot", first -> first).switchTo("sent") == "sent");
            } catch (StackOverflowError end) {
                overflown++;
                deliveredInARow = 0;
            }
        }
        return above;
    }

    private boolean isToTry(int above) {
        return above <= FRAMES || (deliveredInARow < FRAMES && above % SAMPLE == 0);
    }

    private void count(boolean right) {
        if (right) {
            delivered++;
            deliveredInARow++;
        } else {
            wrong++;
        }
    }
}
