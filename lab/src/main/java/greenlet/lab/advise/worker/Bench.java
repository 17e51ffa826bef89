package greenlet.lab.advise.worker;

import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Way;
import greenlet.lab.process.ProcessCpu;
import greenlet.lab.process.RunQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries orders out: lets callers of one way call the job.
 *
 * <p>Confined to the main thread of the worker.
 */
final class Bench {
    private static final long LONGEST_SETTLING_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MOST_CALLS = 100_000;
    private static final double STILL_RISING = 1.05;

    private final Way way;
    private final int cores;
    private final Job job;
    private final long callLimitNanos;
    private final Warden warden;

    Bench(Way way, int cores, Job job, long callLimitNanos, Warden warden) {
        this.way = way;
        this.cores = cores;
        this.job = job;
        this.callLimitNanos = callLimitNanos;
        this.warden = warden;
    }

    Answer run(Order order) throws InterruptedException {
        return switch (order) {
            case Order.Sequence sequence -> sequence(sequence);
            case Order.WarmUp warmUp -> warmUp(warmUp);
            case Order.Level level -> level(level);
        };
    }

    private Answer sequence(Order.Sequence order) throws InterruptedException {
        Tally tally = new Tally();
        AtomicLong tickets = new AtomicLong();
        long most = order.calls() == 0 ? MOST_CALLS : order.calls();
        long deadline = order.calls() == 0 ? System.nanoTime() + order.atMostNanos() : Long.MAX_VALUE;
        SortedMap<String, Long> before;
        SortedMap<String, Long> parts;
        try (Threads makers = Threads.open(way, cores)) {
            Problem opening = open(order.concurrency());
            if (opening != null) {
                return new Answer.Broken(opening);
            }
            before = job.parts();
            warden.expectCallers(order.concurrency());
            Callers callers = Callers.start(makers, order.concurrency(), caller -> {
                while (tickets.getAndIncrement() < most && tally.failures() == 0 && System.nanoTime() < deadline) {
                    tally.attempt(job, caller);
                    makers.giveWay();
                }
            });
            warden.watchCallers(callers.threads());
            callers.openGate();
            Thread stuck = callers.awaitEnd(order.expectedNanos() + callLimitNanos);
            if (stuck != null) {
                return new Answer.Broken(hang(stuck));
            }
            parts = job.parts();
            closeJob();
        }
        parts.entrySet().removeIf(part -> part.getValue().equals(before.get(part.getKey())));
        return new Answer.Sequenced(tally.calls(), parts, problems(tally, order.concurrency()));
    }

    /** Windows of calls until the throughput has not risen for three in a row. */
    private Answer warmUp(Order.WarmUp order) throws InterruptedException {
        Tally tally = new Tally();
        ClosedLoop loop;
        long base = memory();
        try (Threads makers = Threads.open(way, cores)) {
            Problem opening = open(order.concurrency());
            if (opening != null) {
                return new Answer.Broken(opening);
            }
            loop = new ClosedLoop(job, tally, makers);
            warden.expectCallers(order.concurrency());
            Callers callers = Callers.start(makers, order.concurrency(), loop::live);
            warden.watchCallers(callers.threads());
            loop.onStart(System.nanoTime());
            callers.openGate();
            long deadline = System.nanoTime() + order.atMostNanos();
            long best = 0;
            for (int level = 0; level < 3 && System.nanoTime() < deadline && tally.failures() == 0; ) {
                long before = tally.calls();
                sleep(order.windowNanos());
                long calls = tally.calls() - before;
                level = calls > best * STILL_RISING ? 0 : level + 1;
                best = Math.max(best, calls);
            }
            loop.stop();
            Thread stuck = callers.awaitEnd(callLimitNanos);
            if (stuck != null) {
                return new Answer.Broken(hang(stuck));
            }
            closeJob();
        }
        return new Answer.Warm(base, problems(tally, order.concurrency()));
    }

    private Answer level(Order.Level order) throws InterruptedException {
        try (Threads makers = Threads.open(way, cores)) {
            Problem opening = open(order.concurrency());
            if (opening != null) {
                return new Answer.Broken(opening);
            }
            Tally tally = new Tally();
            Loop loop = order.perSecond() > 0
                    ? new OpenLoop(job, tally, order, order.concurrency())
                    : new ClosedLoop(job, tally, makers);
            warden.expectCallers(order.concurrency());
            Lone lone = new Lone();
            Callers callers = Callers.start(
                    makers, order.concurrency(), isLone(order.concurrency()) ? lone.around(loop::live) : loop::live);
            warden.watchCallers(callers.threads());
            Siblings siblings = new Siblings(makers, callers.threads());
            siblings.start();
            loop.onStart(System.nanoTime());
            callers.openGate();
            Answer answer = measure(order, makers, tally, loop, callers, lone, siblings);
            closeJob();
            return answer;
        }
    }

    private Answer measure(
            Order.Level order, Threads makers, Tally tally, Loop loop, Callers callers, Lone lone, Siblings siblings)
            throws InterruptedException {
        sleep(order.rampNanos());
        final WorkCpu work = isLone(callers.count()) ? workCpu(siblings) : null;
        siblings.reset();
        if (order.perSecond() == 0) {
            tally.resetTimes();
        }
        long start = System.nanoTime();
        final long callsBefore = tally.calls();
        final long failuresBefore = tally.failures();
        final long handOffsBefore = makers.handOffs();
        final long queuedBefore = lone.queuedNanos();
        final long cpuBefore = ProcessCpu.nanos();
        sleep(start + order.windowNanos() - System.nanoTime());
        long cpu = ProcessCpu.nanos() - cpuBefore;
        long workCpu = work == null ? -1 : work.nanos();
        long queued = lone.queuedNanos() - queuedBefore;
        long window = System.nanoTime() - start;
        final long calls = tally.calls() - callsBefore;
        final long failures = tally.failures() - failuresBefore;
        final long handOffs = makers.handOffs() - handOffsBefore;
        loop.settle(Math.min(LONGEST_SETTLING_NANOS, callLimitNanos));
        var lateness = siblings.lateness();
        long memory = memory();
        loop.stop();
        siblings.stop();
        Thread stuck = callers.awaitEnd(callLimitNanos);
        if (stuck != null) {
            return new Answer.Broken(hang(stuck));
        }
        boolean ended = siblings.awaitEnd(callLimitNanos);
        List<Problem> problems = problems(tally, callers.count());
        return new Answer.Measured(
                callers.count(),
                calls,
                tally.due(),
                failures,
                window,
                tally.times(),
                cpu,
                workCpu,
                queued,
                memory,
                handOffs,
                lateness,
                ended ? siblings.suspect() : null,
                callers.refused(),
                problems);
    }

    private boolean isLone(int callers) {
        return way == Way.PLATFORM_THREADS && callers == 1;
    }

    /** What the system tells of the only caller, a platform thread. */
    private static final class Lone {
        private volatile OptionalLong number = OptionalLong.empty();

        IntConsumer around(IntConsumer life) {
            return caller -> {
                number = RunQueue.threadNumber();
                life.accept(caller);
            };
        }

        /** How long it was ready to run and had no core; 0 where that is not told, or there are several callers. */
        long queuedNanos() {
            OptionalLong thread = number;
            return thread.isEmpty()
                    ? 0
                    : RunQueue.waitedNanos(thread.getAsLong()).orElse(0);
        }
    }

    private WorkCpu workCpu(Siblings siblings) {
        Set<Long> others = new HashSet<>(warden.threadsOfTheLab());
        others.addAll(siblings.threadIds());
        others.add(Thread.currentThread().threadId());
        return new WorkCpu(others);
    }

    private @Nullable Problem open(int callers) {
        try {
            job.open(callers);
            return null;
        } catch (Throwable thrown) {
            return new Problem(
                    Problem.Kind.THROWS, way, callers, "it could not prepare itself: " + Places.words(thrown));
        }
    }

    private void closeJob() {
        try {
            job.close();
        } catch (Throwable ignored) {
            // What was measured stands; the worker's own end frees the rest.
        }
    }

    private Problem hang(Thread stuck) {
        String where = Places.innermost(stuck.getStackTrace())
                .map(place -> "at " + place)
                .orElse("somewhere in the JDK");
        String state = stuck.getState() == Thread.State.RUNNABLE ? "runs on" : "waits";
        return new Problem(
                Problem.Kind.HANGS,
                way,
                0,
                "a call did not end within " + Duration.ofNanos(callLimitNanos).toMillis() / 1000.0 + " s: it " + state
                        + " " + where);
    }

    private List<Problem> problems(Tally tally, int concurrency) {
        List<Problem> problems = new ArrayList<>();
        Throwable first = tally.firstFailure();
        if (first != null) {
            problems.add(new Problem(
                    Problem.Kind.THROWS,
                    way,
                    concurrency,
                    "%,d of %,d calls threw, first %s"
                            .formatted(tally.failures(), tally.calls(), Places.words(first))));
        }
        problems.addAll(warden.problems(concurrency));
        return problems;
    }

    private static void sleep(long nanos) throws InterruptedException {
        if (nanos > 0) {
            Thread.sleep(Duration.ofNanos(nanos));
        }
    }

    /** Live heap, and what the process holds outside the heap, which is touched from the start. */
    private static long memory() {
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        try {
            long resident = greenlet.lab.process.ProcessMemory.of(
                            ProcessHandle.current().pid())
                    .residentBytes();
            return heap.getUsed() + Math.max(0, resident - heap.getCommitted());
        } catch (IOException notTold) {
            return heap.getUsed();
        }
    }
}
