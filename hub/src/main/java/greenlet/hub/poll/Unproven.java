package greenlet.hub.poll;

import greenlet.hub.time.HubClock;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Waits that rest on the belief that the kernel still watches their descriptor: those to be proved, by asking the kernel, unless an event settles
 * them first. Two generations, so that each is proved once it is between one and two terms old and settling needs no search.
 *
 * <p>Confined to its hub's carrier thread.
 */
final class Unproven {
    /** So long a wait may rest on belief, at least, and twice as long at most. */
    static final long TERM_NANOS = 4_000_000;

    private static final int SMALLEST = 64;

    private final HubClock clock;
    private final IntConsumer proof;
    private boolean[] open = new boolean[SMALLEST];
    private int[] young = new int[SMALLEST];
    private int[] old = new int[SMALLEST];
    private int youngCount;
    private int oldCount;
    private int count;
    private long termBeganNanos;

    Unproven(HubClock clock, IntConsumer proof) {
        this.clock = clock;
        this.proof = proof;
        termBeganNanos = clock.nanos();
    }

    /** Those that are not settled. */
    int count() {
        return count;
    }

    /** Notes a wait. */
    void add(int slot, int slots) {
        if (slot >= open.length) {
            open = Arrays.copyOf(open, slots);
        }
        if (youngCount == young.length) {
            young = Arrays.copyOf(young, 2 * youngCount);
        }
        open[slot] = true;
        count++;
        young[youngCount++] = slot;
    }

    /** An event came, or the wait is over otherwise. */
    void settle(int slot) {
        if (slot < open.length && open[slot]) {
            open[slot] = false;
            count--;
        }
    }

    /** Proves those of the elder generation, if a term is over. A slot that has been settled and waits anew may be proved early. */
    void proveOld() {
        if (count == 0) {
            youngCount = 0;
            oldCount = 0;
            return;
        }
        long nowNanos = clock.nanos();
        if (nowNanos - termBeganNanos >= TERM_NANOS) {
            termBeganNanos = nowNanos;
            for (int i = 0; i < oldCount; i++) {
                prove(old[i]);
            }
            int[] emptied = old;
            old = young;
            oldCount = youngCount;
            young = emptied;
            youngCount = 0;
        }
    }

    /** Proves all. */
    void proveAll() {
        for (int i = 0; i < oldCount; i++) {
            prove(old[i]);
        }
        for (int i = 0; i < youngCount; i++) {
            prove(young[i]);
        }
        oldCount = 0;
        youngCount = 0;
    }

    private void prove(int slot) {
        if (open[slot]) {
            settle(slot);
            proof.accept(slot);
        }
    }
}
