package greenlet.lab.scenario.timeshare;

/** A task that computes without a pause for a fixed time: it blocks on nothing and so never lets go of its carrier by itself. */
final class Hog implements Runnable {
    private static final int STEPS_PER_LOOK = 2_000;

    private final long durationNanos;
    private volatile long result;

    Hog(long durationNanos) {
        this.durationNanos = durationNanos;
    }

    @Override
    public void run() {
        long start = System.nanoTime();
        long x = start | 1;
        while (System.nanoTime() - start < durationNanos) {
            for (int i = 0; i < STEPS_PER_LOOK; i++) {
                x = x * 6364136223846793005L + 1442695040888963407L;
            }
        }
        result = x;
    }

    /** What it computed, so that it had to. */
    long result() {
        return result;
    }
}
