package greenlet.bench.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.util.Locale;

/** The measured process: suspends so many of one kind and prints the heap bytes that each of them takes. */
public final class Suspended {
    private static final int COLLECTIONS = 4;
    private static final int WARM_UP = 50_000;

    private Suspended() {}

    /**
     * Measures.
     *
     * @param args the kind and how many
     * @throws InterruptedException if interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Kind kind = Kind.valueOf(args[0]);
        int count = Integer.parseInt(args[1]);
        Object[] held = new Object[WARM_UP + count];
        for (int i = 0; i < WARM_UP; i++) {
            held[i] = kind.suspend(); // until its frames are compiled ones: interpreted ones are larger
        }
        long before = usedBytes();
        long after;
        try {
            for (int i = WARM_UP; i < held.length; i++) {
                held[i] = kind.suspend();
            }
            after = usedBytes();
        } finally {
            Reference.reachabilityFence(held);
        }
        System.out.println(String.format(Locale.ROOT, "%.1f", (after - before) / (double) count));
        Runtime.getRuntime().halt(0); // suspended tasks are not to be unwound one by one
    }

    private static long usedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
            used = Math.min(used, memory.getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
