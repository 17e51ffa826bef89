package greenlet.launch;

import greenlet.Greenlet;
import greenlet.GreenletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Switches from deep stacks while the heap is full: saving the stack needs memory that is not there. Run in a small heap
 * of its own; prints what it found, and where the memory was missed first: {@code anchor} if the deep greenlet has never
 * been suspended before, which takes an object or two, or {@code yield} if it has.
 */
final class LowMemory {
    private static final int FRAMES = 1_000;
    private static final int ROUNDS = 5;

    /** More than fit: the list must not be what misses the memory. */
    private static final int PIECES = 100_000;

    /** Here, as a literal where it is used would be made there. */
    private static final String SWITCHED = "switched";

    private final Greenlet main = Greenlet.current();
    private final boolean suspendedBefore;

    /** Where the memory was missed: the JVM has stack traces for its first four such errors only. */
    private @Nullable String missedIn;

    private LowMemory(boolean suspendedBefore) {
        this.suspendedBefore = suspendedBefore;
    }

    /** Prints {@code usable} and the counts, or fails; the argument is {@code first} or {@code later}. */
    public static void main(String[] args) {
        new LowMemory("later".equals(args[0])).run();
    }

    private void run() {
        Greenlet echo = Greenlet.of("echo", first -> {
            Object value = first;
            while (true) {
                value = main.switchTo(value);
            }
        });
        echo.switchTo("warm");
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Greenlet deep = Greenlet.of("deep", first -> {
                if (suspendedBefore) {
                    main.switchTo("suspended");
                }
                return descend(FRAMES, echo);
            });
            if (suspendedBefore) {
                deep.switchTo();
            }
            Object outcome = deep.switchTo();
            if ("refused".equals(outcome)) {
                refused++;
                expect("and again".equals(deep.switchTo("back")), "it switches from the same frame with memory");
                expect("died".equals(deep.switchTo("once more")), "it ends by itself");
                expect(deep.isDead(), "it has ended");
            } else {
                expect(deep.state() == GreenletState.SUSPENDED, "it was suspended");
                deep.close();
            }
            expect(Greenlet.current() == main, "main runs");
            expect(echo.switchTo(round) instanceof Integer value && value == round, "the others are whole");
        }
        System.out.println("usable, refused " + refused + ", missed in " + missedIn);
    }

    private @Nullable Object descend(int frames, Greenlet echo) {
        if (frames > 0) {
            Object result = descend(frames - 1, echo);
            return result; // not a tail call: the frame stays
        }
        Greenlet deep = Greenlet.current();
        List<byte[]> hoard = new ArrayList<>(PIECES);
        OutOfMemoryError missed;
        try {
            fill(hoard);
            return main.switchTo(SWITCHED);
        } catch (OutOfMemoryError noRoom) {
            hoard.clear();
            missed = noRoom;
        }
        note(missed);
        expect(Greenlet.current() == deep, "the deep one is still current");
        expect(deep.state() == GreenletState.RUNNING, "and runs");
        expect(main.state() == GreenletState.SUSPENDED, "the target is still suspended");
        expect(echo.state() == GreenletState.SUSPENDED, "and so is who had no part in it");
        expect("back".equals(main.switchTo("refused")), "main has not had the value");
        expect("once more".equals(main.switchTo("and again")), "nor has anything been left over");
        return "died";
    }

    /** To the last object, so that nothing fits; by three errors, so that the next has a trace. */
    private static void fill(List<byte[]> hoard) {
        fill(hoard, 1 << 20);
        fill(hoard, 1 << 12);
        fill(hoard, 0);
    }

    private static void fill(List<byte[]> hoard, int size) {
        try {
            while (true) {
                hoard.add(new byte[size]);
            }
        } catch (OutOfMemoryError full) {
            // and now smaller pieces
        }
    }

    private void note(OutOfMemoryError missed) {
        List<String> classes = Stream.of(missed.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
        if (missedIn == null && !classes.isEmpty()) {
            missedIn = classes.contains("greenlet.internal.DirectYield")
                    ? "yield"
                    : classes.contains("greenlet.internal.Anchors")
                            ? "anchor"
                            : Objects.toString(List.of(missed.getStackTrace()));
        }
    }

    private static void expect(boolean fact, String what) {
        if (!fact) {
            throw new AssertionError(what + ": no");
        }
    }
}
