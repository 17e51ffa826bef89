package greenlet.lab.advise.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What callers did so far.
 *
 * <p>Safe for use from any thread.
 */
final class Tally {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Recorder latencies = new Recorder(LONGEST_NANOS, DIGITS);
    private final LongAdder calls = new LongAdder();
    private final LongAdder due = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    /** One call of the job; what it throws is counted. */
    void attempt(Job job, int caller) {
        try {
            job.call(caller);
        } catch (Throwable thrown) {
            failures.increment();
            first.compareAndSet(null, thrown);
        }
        calls.increment();
    }

    void recordNanos(long nanos) {
        latencies.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }

    void countDue() {
        due.increment();
    }

    /** From here on times count. */
    void resetTimes() {
        latencies.reset();
    }

    Histogram times() {
        return latencies.getIntervalHistogram();
    }

    long calls() {
        return calls.sum();
    }

    long due() {
        return due.sum();
    }

    long failures() {
        return failures.sum();
    }

    @Nullable
    Throwable firstFailure() {
        return first.get();
    }
}
