package greenlet.lab.scenario.cpu;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Computes for a given CPU time: a number of steps, not a time by the clock, which would count as computing whatever else ran meanwhile.
 *
 * <p>Immutable.
 */
public final class Spin {
    private static final int TRIALS = 25;
    private static final int STEPS_PER_TRIAL = 400_000;

    private Spin() {}

    /**
     * Finds out how many steps take a microsecond on a core of this machine. Computes for some tenths of a second. Not a switch point.
     *
     * @return steps for each microsecond of CPU time
     */
    public static double stepsPerMicro() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double best = 0;
        long seed = 1;
        for (int i = 0; i < TRIALS; i++) {
            long start = threads.getCurrentThreadCpuTime();
            seed = steps(STEPS_PER_TRIAL, seed);
            long nanos = Math.max(1, threads.getCurrentThreadCpuTime() - start);
            best = Math.max(best, STEPS_PER_TRIAL * 1e3 / nanos);
        }
        // Zero cannot come out of it; whoever reads the seed keeps the loop alive.
        return seed == 0 ? best + 1 : best;
    }

    /**
     * Computes. Not a switch point.
     *
     * @param count how many steps
     * @param seed where to start
     * @return something that depends on every step
     */
    public static long steps(long count, long seed) {
        long value = seed | 1;
        for (long i = 0; i < count; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
        }
        return value;
    }
}
