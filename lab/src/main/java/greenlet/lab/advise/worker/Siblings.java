package greenlet.lab.advise.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * A sibling in each place of the callers, which only sleeps for a millisecond again and again: how late it wakes tells what a call does to
 * others. Where one is overdue, a look at the callers' stacks tells which code does it.
 *
 * <p>Safe for use from any thread.
 */
final class Siblings {
    private static final long SLEEP_NANOS = 1_000_000;
    private static final long OVERDUE_NANOS = 5_000_000;
    private static final int LOOKED_AT = 16;
    private static final int MOST_LOOKS = 50;

    private final Recorder late = new Recorder(TimeUnit.MINUTES.toNanos(10), 2);
    private final AtomicLongArray beats;
    private final List<Thread> threads = new ArrayList<>();
    private final Thread watcher;
    private final List<Thread> callers;
    /** Confined to the watcher until it has ended. */
    private final Map<String, Integer> suspects = new HashMap<>();

    private volatile boolean stopped;

    Siblings(Threads makers, List<Thread> callers) {
        this.callers = callers;
        beats = new AtomicLongArray(makers.places());
        for (int i = 0; i < makers.places(); i++) {
            int place = i;
            threads.add(makers.make(i, () -> beat(place)));
        }
        watcher = Thread.ofPlatform().daemon().name("siblings").unstarted(this::watch);
    }

    void start() {
        for (int i = 0; i < beats.length(); i++) {
            beats.set(i, System.nanoTime());
        }
        threads.forEach(Thread::start);
        watcher.start();
    }

    Set<Long> threadIds() {
        Set<Long> ids = new HashSet<>(Set.of(watcher.threadId()));
        threads.forEach(thread -> ids.add(thread.threadId()));
        return ids;
    }

    /** What was seen before does not count. */
    void reset() {
        late.reset();
    }

    Histogram lateness() {
        return late.getIntervalHistogram();
    }

    void stop() {
        stopped = true;
    }

    /** Waits for them to end; false if one did not within the time. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        watcher.join(java.time.Duration.ofNanos(nanos));
        for (Thread thread : threads) {
            thread.join(java.time.Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Where the callers were while a sibling waited; asked when the watcher has ended. */
    @Nullable
    String suspect() {
        return suspects.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private void beat(int place) {
        while (!stopped) {
            long before = System.nanoTime();
            try {
                Thread.sleep(1);
            } catch (InterruptedException ended) {
                return;
            }
            long now = System.nanoTime();
            late.recordValue(Math.max(0, now - before - SLEEP_NANOS));
            beats.set(place, now);
        }
    }

    private void watch() {
        int looks = 0;
        while (!stopped && looks < MOST_LOOKS) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException ended) {
                return;
            }
            for (int place = 0; place < beats.length() && !stopped; place++) {
                if (System.nanoTime() - beats.get(place) > OVERDUE_NANOS) {
                    looks++;
                    look(place);
                }
            }
        }
    }

    private void look(int place) {
        for (int i = place; i < callers.size() && i < LOOKED_AT; i += beats.length()) {
            Thread caller = callers.get(i);
            Thread.State state = caller.getState();
            if (state != Thread.State.WAITING && state != Thread.State.TIMED_WAITING) {
                Places.innermost(caller.getStackTrace()).ifPresent(found -> suspects.merge(found, 1, Integer::sum));
            }
        }
    }
}
