package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import greenlet.hub.internal.jdk.Injection;
import greenlet.hub.time.HubClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a closing hub does to the green threads that outlasted its grace: interrupts, then injection, then it gives up and says why. Each
 * step is bounded.
 *
 * <p>Confined to the thread that closes the hub, but for the interrupts.
 */
final class Killing {
    /** So often during the grace it is looked for those who were spawned by one that dies. */
    private static final int LOOKS = 8;

    /** One that has been thrown out of its wait has so long to clean up, at least: its hub's grace if that is longer. */
    private static final long LEAST_CLEAN_UP_NANOS = 1_000_000_000;

    /** Between throwing into the same thread again, which has caught it; the first pause is the grace. */
    private static final long PAUSE_NANOS = 50_000_000;

    private static final int INJECTIONS = 3;

    /** So long the closer waits for those to be killed whose turn it is; more than a hundred thousand take less. */
    private static final long KILL_NANOS = 1_000_000_000;

    /** Enough for a hub that is not stuck to decide, on a machine that is busy. */
    private static final long DECISION_NANOS = 2_000_000_000;

    private static final String CAUGHT = "it caught what was thrown into it, " + INJECTIONS + " times";
    private static final String LOCKED = "it waits for a condition whose lock was not free";
    private static final String STUCK = "another green thread never gave up the hub's turn";
    private static final String LATE = "it was spawned when the others had been given up";
    private static final String HELD_UP = "a handler or a callback of the hub never returned: make it return";

    /** A wait that an interrupt may end. */
    @FunctionalInterface
    private interface Wait {
        boolean forNanos(long nanos) throws InterruptedException;
    }

    private final HubScheduler scheduler;
    private final Tally all;
    private final HubClock clock;
    private final long graceNanos;
    private final int selves;

    private final Set<GreenTask> victims = new LinkedHashSet<>();
    private final Queue<GreenTask> unkilled = new ConcurrentLinkedQueue<>();
    private @Nullable Injection last;
    private boolean interrupted;

    /**
     * Makes it.
     *
     * @param selves one if the caller is a green thread of the hub, who is spared, else zero
     */
    Killing(HubScheduler scheduler, Tally all, HubClock clock, Duration grace, int selves) {
        this.scheduler = scheduler;
        this.all = all;
        this.clock = clock;
        this.graceNanos = Closing.nanos(grace);
        this.selves = selves;
    }

    /** How long {@link #run} waits in the worst case. */
    static long longestNanos(Duration grace) {
        long nanos = Closing.nanos(grace);
        long patience = Math.max(nanos, LEAST_CLEAN_UP_NANOS) + INJECTIONS * (DECISION_NANOS + PAUSE_NANOS);
        long killing = (1 + LOOKS + INJECTIONS) * KILL_NANOS;
        return Closing.sum(killing, Closing.sum(nanos, Math.max(patience, nanos)));
    }

    /** True if the caller was interrupted meanwhile, which cuts nothing short: this is bounded. */
    boolean run() {
        killEverybody();
        awaitDeaths(graceNanos);
        for (int round = 0; round < INJECTIONS && isAnybodyLeft(); round++) {
            killEverybody();
            Injection injection =
                    scheduler.inject(left(), task -> Registry.handleOf(task).exit());
            last = injection;
            if (!await(injection::awaitDecision, DECISION_NANOS) || injection.doomed() == 0) {
                break;
            }
            int spared = all.count() - injection.doomed();
            long patience = round == 0 ? Math.max(graceNanos, LEAST_CLEAN_UP_NANOS) : PAUSE_NANOS;
            await(nanos -> all.awaitAtMost(Math.max(spared, selves), nanos), patience);
        }
        scheduler.refuseNewThreads(); // so that whom the report lists are all
        killTheLast();
        return interrupted;
    }

    /** Those that were spawned, by one that is given up, since it was last looked for them: most have not begun. */
    private void killTheLast() {
        int known = victims.size();
        killEverybody();
        int more = victims.size() - known;
        if (more > 0) {
            int others = Math.max(all.count() - more, selves);
            await(nanos -> all.awaitAtMost(others, nanos), PAUSE_NANOS);
        }
    }

    List<CloseReport.Ended> ended() {
        Set<GreenTask> left = new HashSet<>(left());
        return victims.stream()
                .filter(task -> !left.contains(task))
                .map(task -> new CloseReport.Ended(
                        task.thread().getName(),
                        task.isStruck() ? CloseReport.Step.INJECTION : CloseReport.Step.INTERRUPT))
                .toList();
    }

    List<CloseReport.Abandoned> abandoned() {
        return left().stream().map(this::abandon).toList();
    }

    /** Also those whom a thread that is killed has spawned, in a {@code finally} for instance. */
    private void killEverybody() {
        for (GreenTask task : left()) {
            if (victims.add(task)) {
                unkilled.add(task);
            }
        }
        if (unkilled.isEmpty()) {
            return;
        }
        // An interrupt closes the channel that its target waits for, which may be a user's and never return.
        CountDownLatch killed = new CountDownLatch(1);
        try {
            Thread.ofPlatform()
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .name("greenlet-killer")
                    .start(() -> killAll(killed));
        } catch (OutOfMemoryError noThread) {
            killAll(killed);
        }
        await(nanos -> killed.await(nanos, TimeUnit.NANOSECONDS), KILL_NANOS);
    }

    /** On a thread of its own, or on several if one of them is held up. */
    private void killAll(CountDownLatch killed) {
        for (GreenTask task = unkilled.poll(); task != null; task = unkilled.poll()) {
            try {
                Registry.handleOf(task).kill();
            } catch (Throwable ofChannel) {
                Hub.report(Thread.currentThread(), ofChannel);
            }
        }
        killed.countDown();
    }

    private void awaitDeaths(long nanos) {
        for (int look = 0; look < LOOKS && isAnybodyLeft(); look++) {
            if (await(wait -> all.awaitAtMost(selves, wait), nanos / LOOKS)) {
                return;
            }
            killEverybody();
        }
    }

    private boolean isAnybodyLeft() {
        return all.count() > selves;
    }

    private List<GreenTask> left() {
        List<GreenTask> left = new ArrayList<>(scheduler.tasks());
        GreenTask self = HubScheduler.current();
        if (self != null) {
            left.remove(self);
        }
        return left;
    }

    private CloseReport.Abandoned abandon(GreenTask task) {
        Thread thread = task.thread();
        return new CloseReport.Abandoned(
                thread.getName(), thread.getState(), List.of(thread.getStackTrace()), reason(task));
    }

    private String reason(GreenTask task) {
        Injection injection = last;
        if (injection == null || !injection.isDecided()) {
            return injection != null && injection.isHeldUp() ? HELD_UP : STUCK;
        }
        String spared = injection.reason(task);
        if (spared != null) {
            return spared;
        }
        if (!injection.wasAimedAt(task)) {
            return LATE;
        }
        return task.isStruck() ? CAUGHT : LOCKED;
    }

    private boolean await(Wait wait, long nanos) {
        long deadline = clock.nanos() + nanos;
        while (true) {
            try {
                return wait.forNanos(deadline - clock.nanos());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
