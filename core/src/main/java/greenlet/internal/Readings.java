package greenlet.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * How many readings of stacks are under way, and how many there have been: what an owner that found its stack held must
 * know. Any thread.
 */
final class Readings {
    private static final long ONE_BEGUN = 1L << 32;
    private static final long ONE_MORE = ONE_BEGUN + 1;

    /** Begun in the upper half, under way in the lower. */
    private final AtomicLong counts = new AtomicLong();

    /** Before a stack is held. */
    void begin() {
        counts.addAndGet(ONE_MORE);
    }

    /** After it is released. */
    void end() {
        counts.decrementAndGet();
    }

    /**
     * Waits until a stack is not held; false if it is, and by no reader. Only what was seen while no reading was under way,
     * nor had begun meanwhile, tells that: readers may take turns.
     */
    boolean awaitRelease(BooleanSupplier isHeld) {
        while (true) {
            long before = counts.get();
            if (!isHeld.getAsBoolean()) {
                return true;
            }
            if ((int) before == 0 && counts.get() == before) {
                return false;
            }
            Thread.onSpinWait();
        }
    }
}
