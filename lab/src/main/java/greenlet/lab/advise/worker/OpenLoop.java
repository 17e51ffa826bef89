package greenlet.lab.advise.worker;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Requests at times that no answer can delay: each connection has its own, exponentially distributed, and a time runs from when its request
 * was due, not from when somebody got round to it. So a stall shows in every request that it holds up; the omission of these is what G. Tene
 * calls coordinated omission.
 */
final class OpenLoop implements Loop {
    private static final long SEED = 20230415;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Job job;
    private final Tally tally;
    private final double meanNanos;
    private final long rampNanos;
    private final long windowNanos;
    private final CountDownLatch settled;
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile long startNanos;
    private volatile boolean stopped;

    OpenLoop(Job job, Tally tally, Order.Level level, int callers) {
        this.job = job;
        this.tally = tally;
        meanNanos = callers * NANOS_PER_SECOND / level.perSecond();
        rampNanos = level.rampNanos();
        windowNanos = level.windowNanos();
        settled = new CountDownLatch(callers);
    }

    @Override
    public void live(int caller) {
        try {
            long from = startNanos + rampNanos;
            long end = from + windowNanos;
            SplittableRandom random = new SplittableRandom(SEED + caller);
            long due = startNanos + gap(random);
            while (due - end < 0 && !stopped) {
                sleepUntil(due);
                request(caller, due, due - from >= 0);
                due += gap(random);
            }
            settled.countDown();
            // The connection stays open until the end.
            release.await();
        } catch (InterruptedException ended) {
            settled.countDown();
        }
    }

    private void request(int caller, long due, boolean counts) {
        if (counts) {
            tally.countDue();
        }
        if (!stopped) {
            tally.attempt(job, caller);
        }
        if (counts) {
            // One that was given up took at least so long.
            tally.recordNanos(System.nanoTime() - due);
        }
    }

    private long gap(SplittableRandom random) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }

    private static void sleepUntil(long due) throws InterruptedException {
        long left = due - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    @Override
    public void onStart(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public void settle(long atMostNanos) throws InterruptedException {
        boolean _ = settled.await(atMostNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        stopped = true;
        release.countDown();
    }
}
