package greenlet.lab.advise.worker;

/**
 * Each caller calls again as soon as its last call has ended. A time runs from the end of the call before, so that waiting for one's turn
 * between two calls is part of it, whoever decides on turns.
 */
final class ClosedLoop implements Loop {
    private final Job job;
    private final Tally tally;
    private final Threads makers;
    private volatile long startNanos;
    private volatile boolean stopped;

    ClosedLoop(Job job, Tally tally, Threads makers) {
        this.job = job;
        this.tally = tally;
        this.makers = makers;
    }

    @Override
    public void live(int caller) {
        long before = startNanos;
        while (!stopped) {
            tally.attempt(job, caller);
            long now = System.nanoTime();
            tally.recordNanos(now - before);
            before = now;
            makers.giveWay();
        }
    }

    @Override
    public void onStart(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public void settle(long atMostNanos) {}

    @Override
    public void stop() {
        stopped = true;
    }
}
