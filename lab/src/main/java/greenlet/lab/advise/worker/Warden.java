package greenlet.lab.advise.worker;

import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Way;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an eye on the work while it runs: threads that it leaves behind, output that it floods, an order that does not end. What cannot go on
 * is told and ended from here, because the thread that would otherwise tell may be what is stuck.
 *
 * <p>Safe for use from any thread.
 */
final class Warden {
    private static final int LOOK_MILLIS = 20;
    /** Beyond those of the callers: pools that the work rightly keeps, and carriers that the JDK adds. */
    private static final int TOLERATED_THREADS = 512;

    private static final int SUSPICIOUS_THREADS = 64;
    private static final long TOLERATED_BYTES = 256 << 10;
    /** The worst that a level may add to its own time: threads to start, a collection, closing. */
    private static final long SLACK_NANOS = 10_000_000_000L;

    private final Way way;
    private final QuietOutput output;
    private final long callLimitNanos;
    private final Consumer<Problem> fatal;
    private final Set<Thread> before;
    private volatile List<Thread> callers = List.of();
    private volatile long deadlineNanos = Long.MAX_VALUE;
    private volatile int mostCallers;
    private volatile int expectedCallers;
    private volatile @Nullable Thread main;
    private volatile long ownId;
    private boolean toldOutput;
    private boolean toldThreads;

    Warden(Way way, QuietOutput output, long callLimitNanos, Consumer<Problem> fatal) {
        this.way = way;
        this.output = output;
        this.callLimitNanos = callLimitNanos;
        this.fatal = fatal;
        before = Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    void start() {
        ownId = Thread.ofPlatform().daemon().name("warden").start(this::watch).threadId();
    }

    /** Those that were there before the work, and this one's. */
    Set<Long> threadsOfTheLab() {
        Set<Long> ids = new HashSet<>(Set.of(ownId));
        before.forEach(thread -> ids.add(thread.threadId()));
        return ids;
    }

    /** The calling thread begins something that should take so long. */
    void expect(long nanos) {
        main = Thread.currentThread();
        deadlineNanos = System.nanoTime() + nanos + callLimitNanos + SLACK_NANOS;
    }

    /** It is done. */
    void done() {
        deadlineNanos = Long.MAX_VALUE;
    }

    /** So many threads are about to be started that are not the work's. */
    void expectCallers(int count) {
        callers = List.of();
        mostCallers = Math.max(mostCallers, count);
        expectedCallers = count;
    }

    void watchCallers(List<Thread> threads) {
        callers = threads;
        mostCallers = Math.max(mostCallers, threads.size());
    }

    List<Thread> callers() {
        return callers;
    }

    /** What is not fatal, told once. */
    synchronized List<Problem> problems(int concurrency) {
        List<Problem> problems = new ArrayList<>();
        if (!toldOutput && output.printed() > TOLERATED_BYTES) {
            toldOutput = true;
            problems.add(new Problem(
                    Problem.Kind.FLOODS_OUTPUT,
                    way,
                    concurrency,
                    "it printed %,d KB, which was dropped; it begins '%s'. The figures count the printing: leave it out"
                            .formatted(output.printed() >> 10, output.firstLine())));
        }
        List<Thread> virtual = virtualLeft();
        int left = leftBehind() + virtual.size();
        if (!toldThreads && left > SUSPICIOUS_THREADS + 2 * mostCallers) {
            toldThreads = true;
            problems.add(new Problem(Problem.Kind.LEAKS_THREADS, way, concurrency, leak(left, virtual)));
        }
        return problems;
    }

    private void watch() {
        while (true) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException never) {
                return;
            }
            int own = way == Way.PLATFORM_THREADS || way == Way.PROCESSES ? expectedCallers : 0;
            int count = ManagementFactory.getThreadMXBean().getThreadCount();
            if (count - own - before.size() > TOLERATED_THREADS + 2 * mostCallers) {
                fatal.accept(
                        new Problem(Problem.Kind.LEAKS_THREADS, way, callers.size(), leak(leftBehind(), List.of())));
            }
            if (System.nanoTime() - deadlineNanos > 0 && deadlineNanos != Long.MAX_VALUE) {
                fatal.accept(new Problem(
                        Problem.Kind.HANGS,
                        way,
                        callers.size(),
                        "it did not end: it stands " + place().orElse("somewhere in the JDK")));
            }
        }
    }

    private Optional<String> place() {
        Thread waiting = main;
        Optional<String> ofMain = waiting == null ? Optional.empty() : Places.innermost(waiting.getStackTrace());
        return ofMain.or(() -> callers.stream()
                        .filter(Thread::isAlive)
                        .flatMap(thread -> Places.innermost(thread.getStackTrace()).stream())
                        .findFirst())
                .map(place -> "at " + place);
    }

    private int leftBehind() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(this::isLeft)
                .count();
    }

    private List<Thread> virtualLeft() {
        return LiveVirtualThreads.now().stream().filter(this::isLeft).toList();
    }

    private boolean isLeft(Thread thread) {
        return !before.contains(thread)
                && !callers.contains(thread)
                && thread != Thread.currentThread()
                && !thread.getName().startsWith("ForkJoinPool-1-worker")
                && !thread.getName().startsWith("advise-");
    }

    private String leak(int count, List<Thread> virtual) {
        String example = Stream.concat(virtual.stream(), Thread.getAllStackTraces().keySet().stream())
                .filter(this::isLeft)
                .findFirst()
                .map(thread -> "such as " + name(thread)
                        + Places.innermost(thread.getStackTrace())
                                .map(place -> " at " + place)
                                .orElse(""))
                .orElse("already gone");
        return "%,d threads that it started stay, %s. Let them end, or share a pool that is closed"
                .formatted(count, example);
    }

    private static String name(Thread thread) {
        return thread.getName().isEmpty() ? "a virtual one" : "'" + thread.getName() + "'";
    }
}
