package greenlet.launch;

import greenlet.Greenlet;
import greenlet.GreenletState;
import java.util.ArrayList;
import java.util.List;

/**
 * Switches from deep stacks while the heap is full: saving the stack needs memory that is not there. Run in a small heap
 * of its own; prints what it found.
 */
final class LowMemory {
    private static final int FRAMES = 4_000;

    private LowMemory() {}

    /** Prints {@code usable} and the counts, or fails. */
    public static void main(String[] args) {
        Greenlet main = Greenlet.current();
        Greenlet echo = Greenlet.of("echo", first -> {
            Object value = first;
            while (true) {
                value = main.switchTo(value);
            }
        });
        echo.switchTo("warm");
        int refused = 0;
        for (int round = 0; round < 5; round++) {
            Greenlet deep = Greenlet.of("deep", first -> descend(FRAMES, main));
            Object outcome = deep.switchTo();
            if ("refused".equals(outcome)) {
                refused++;
                expect(deep.state() == GreenletState.DEAD, "it ended by itself");
            } else {
                expect(deep.state() == GreenletState.SUSPENDED, "it was suspended");
                deep.close();
            }
            expect(Greenlet.current() == main, "main runs");
            expect(echo.switchTo(round) instanceof Integer value && value == round, "the others are whole");
        }
        System.out.println("usable, refused " + refused);
    }

    private static Object descend(int frames, Greenlet main) {
        if (frames > 0) {
            Object result = descend(frames - 1, main);
            return result; // not a tail call: the frame stays
        }
        List<byte[]> hoard = new ArrayList<>();
        try {
            fill(hoard);
            return "switched and came back with " + main.switchTo("switched");
        } catch (OutOfMemoryError noRoom) {
            hoard.clear();
            return "refused";
        }
    }

    /** To the last kilobyte, so that not even a small stack chunk fits. */
    private static void fill(List<byte[]> hoard) {
        for (int size = 1 << 20; size >= 64; size /= 2) {
            try {
                while (true) {
                    hoard.add(new byte[size]);
                }
            } catch (OutOfMemoryError full) {
                // and now smaller pieces
            }
        }
    }

    private static void expect(boolean fact, String what) {
        if (!fact) {
            throw new AssertionError(what + ": no");
        }
    }
}
