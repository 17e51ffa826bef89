package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.Ready;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ends green threads of a closing hub that outlasted their interrupts: an error is thrown by whatever they wait in, so that their
 * {@code finally} blocks run. Only where nobody who stays can suffer: a thread is spared if it holds or waits for something that a thread
 * which goes on holds or waits for too. Whoever is spared goes on and so counts as one of those, until nothing changes any more.
 *
 * <p>It is decided in the hub's turn, by its usher, while none of the hub's own threads moves. Threads outside the hub do move: what they begin
 * to wait for after they have been looked at is not seen.
 *
 * <p>Safe for use from any thread.
 */
public final class Injection extends Ready {
    private final HubScheduler scheduler;
    private final List<GreenTask> targets;
    private final Function<GreenTask, Error> errors;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final Chore deciding = new Chore(this::decide);
    private final IdentityHashMap<GreenTask, String> spared = new IdentityHashMap<>();

    // Written before decided.
    private int doomed;

    Injection(HubScheduler scheduler, Collection<GreenTask> targets, Function<GreenTask, Error> errors) {
        this.scheduler = scheduler;
        this.targets = List.copyOf(targets);
        this.errors = errors;
    }

    /**
     * Waits until it has been decided who dies.
     *
     * @param nanos how long at most, in nanoseconds
     * @return false if the hub has not got round to it
     * @throws InterruptedException if interrupted
     */
    public boolean awaitDecision(long nanos) throws InterruptedException {
        return decided.await(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * How many threads have an error waiting for them; after the decision.
     *
     * @return the number
     */
    public int doomed() {
        return doomed;
    }

    /**
     * Whether it has been decided.
     *
     * @return false if the hub has not got round to it
     */
    public boolean isDecided() {
        return decided.getCount() == 0;
    }

    /**
     * Whether it has not been decided because a handler or a callback holds up the hub's usher.
     *
     * @return true if so, at the moment of the call
     */
    public boolean isHeldUp() {
        return !isDecided() && scheduler.usher().isBusyWithAnother(deciding);
    }

    /**
     * Whether a thread is one of the targets.
     *
     * @param task the thread
     * @return true if so
     */
    public boolean wasAimedAt(GreenTask task) {
        return targets.contains(task);
    }

    /**
     * Why a thread was not touched.
     *
     * @param task one of the targets
     * @return the reason, or null if it was not spared or that has not been decided
     */
    public @Nullable String reason(GreenTask task) {
        return isDecided() ? spared.get(task) : null;
    }

    @Override
    protected void takeTurn() {
        scheduler.usher().post(deciding);
    }

    private void decide() {
        try {
            ThreadLocks locks = ThreadLocks.ofAll();
            if (locks == null) {
                targets.forEach(task -> spared.put(task, "this JVM cannot tell who holds which lock"));
                return;
            }
            for (GreenTask task : separable(locks)) {
                task.doom(new Doom(errors.apply(task), locks.condition(task.thread())));
                doomed++;
                LockSupport.unpark(task.thread());
            }
        } finally {
            decided.countDown();
        }
    }

    /** The largest set of targets none of which shares a lock with anybody outside the set. */
    private List<GreenTask> separable(ThreadLocks locks) {
        List<GreenTask> candidates = new ArrayList<>();
        IdentityHashMap<Thread, GreenTask> byThread = new IdentityHashMap<>();
        for (GreenTask task : targets) {
            if (VirtualThreads.isSwitchedOut(VirtualThreads.state(task.thread()))) {
                candidates.add(task);
                byThread.put(task.thread(), task);
            } else {
                spared.put(task, "it is not at a switch point where something can be thrown");
            }
        }
        IdentityHashMap<Object, Thread> ofSurvivors = new IdentityHashMap<>();
        for (Thread thread : locks.threads()) {
            if (!byThread.containsKey(thread)) {
                locks.of(thread).forEach(lock -> ofSurvivors.putIfAbsent(lock, thread));
            }
        }
        while (spareThoseWhoShare(candidates, locks, ofSurvivors)) {
            // Each one spared may hold what another one waits for.
        }
        return candidates;
    }

    private boolean spareThoseWhoShare(
            List<GreenTask> candidates, ThreadLocks locks, IdentityHashMap<Object, Thread> ofSurvivors) {
        return candidates.removeIf(task -> {
            Set<Object> held = locks.of(task.thread());
            for (Object lock : held) {
                Thread survivor = ofSurvivors.get(lock);
                if (survivor != null) {
                    spared.put(task, "it shares a lock with thread '" + survivor.getName() + "', which goes on");
                    held.forEach(other -> ofSurvivors.putIfAbsent(other, task.thread()));
                    return true;
                }
            }
            return false;
        });
    }
}
