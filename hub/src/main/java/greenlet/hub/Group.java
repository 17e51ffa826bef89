package greenlet.hub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Green threads that belong together: they end before the block that opened the group does.
 *
 * {@snippet :
 * try (Group<String, List<String>> group = Group.open()) {
 *     for (URI page : pages)
 *         group.spawn(() -> fetch(page));
 *     return group.join();   // all bodies, or the first failure after the others have been killed
 * }
 * }
 *
 * <p>The rule is {@link java.util.concurrent.StructuredTaskScope}'s: {@link #join()} waits and throws; {@link #close()} kills whoever is left, which
 * without a completed join is everybody, and waits for their end. What join makes of the members' ends is the group's
 * {@link GroupPolicy}: fail-fast unless another is chosen.
 *
 * <p>States: open; decided, when a member's end has settled the matter and the others have been killed; joined; closed. A member that is spawned
 * when the matter is settled is killed before it begins, and join tells what has settled it.
 *
 * <p>The owner is the green thread that opened the group. It alone joins and closes, in the reverse order of opening. Members are spawned by
 * any green thread of the hub, members included, until the group is joined or closed. An owner that ends without closing has its members
 * killed, and the hub's handler of uncaught exceptions is told.
 *
 * <p>Failures: a member's failure is thrown by join, or suppressed in what join throws; the hub's handler is told of those that nobody joins
 * for. A member that swallows every interrupt holds up close until the hub gives it up.
 *
 * <p>Safe for use from any thread of its hub; others are refused. What a member did happens before join returns.
 *
 * @param <T> the type of the members' values
 * @param <R> the type of what join returns
 */
public final class Group<T extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {
    private enum State {
        OPEN,
        DECIDED,
        JOINED,
        CLOSED
    }

    /** A failure that is for whoever joins. */
    private record Unseen(Thread thread, Throwable failure, Thread.UncaughtExceptionHandler hubs) {
        void tell() {
            Uncaught.tell(hubs, thread, failure);
        }
    }

    private final GreenThread<?> owner;
    private final Hub hub;
    private final GroupNest nest;
    private final @Nullable Group<?, ?> outer;
    private final Verdict<T, R> verdict;

    /** Never contended, as all of a group runs on one hub: it is there for what {@link #join} and {@link #close} wait on. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final Set<GreenThread<?>> live = new LinkedHashSet<>();
    private final List<Unseen> unseen = new ArrayList<>();
    private State state = State.OPEN;

    /** Whether join has been told the matter, and so the failures so far; stays when the group is closed. */
    private boolean joined;

    private @Nullable GroupFailedException thrown;

    private Group(GreenThread<?> owner, GroupPolicy<T, R> policy) {
        this.owner = owner;
        this.hub = owner.hub();
        this.nest = GroupNest.of(owner);
        this.outer = nest.innermost();
        this.verdict = policy.newVerdict();
        nest.enter(this);
    }

    /**
     * Opens a group that needs all its members; see {@link GroupPolicy#failFast()}. Not a switch point.
     *
     * @param <T> the type of the members' values
     * @return the group, to be closed by the caller
     * @throws IllegalStateException if the caller is no green thread
     */
    public static <T extends @Nullable Object> Group<T, List<T>> open() {
        return open(GroupPolicy.failFast());
    }

    /**
     * Opens a group. Not a switch point.
     *
     * @param policy when it has what it was opened for
     * @param <T> the type of the members' values
     * @param <R> the type of what join returns
     * @return the group, to be closed by the caller
     * @throws IllegalStateException if the caller is no green thread
     */
    public static <T extends @Nullable Object, R extends @Nullable Object> Group<T, R> open(GroupPolicy<T, R> policy) {
        return new Group<>(GreenThread.current(), policy);
    }

    /**
     * Starts a member. Not a switch point: it runs when its turn comes.
     *
     * @param body what it runs
     * @return its handle
     * @throws IllegalStateException if the caller is not on the group's hub, or the group is joined or closed
     */
    public GreenThread<T> spawn(Body<? extends T, ?> body) {
        return add(null, body);
    }

    /**
     * Starts a member with a name. Not a switch point: it runs when its turn comes.
     *
     * @param name its name
     * @param body what it runs
     * @return its handle
     * @throws IllegalStateException if the caller is not on the group's hub, or the group is joined or closed
     */
    public GreenThread<T> spawn(String name, Body<? extends T, ?> body) {
        return add(name, body);
    }

    /**
     * Starts a member that has no value. Not a switch point: it runs when its turn comes.
     *
     * @param body what it runs
     * @return its handle
     * @throws IllegalStateException if the caller is not on the group's hub, or the group is joined or closed
     */
    public GreenThread<T> spawn(Action<?> body) {
        return add(null, withoutValue(body));
    }

    /**
     * Starts a member with a name and without a value. Not a switch point: it runs when its turn comes.
     *
     * @param name its name
     * @param body what it runs
     * @return its handle
     * @throws IllegalStateException if the caller is not on the group's hub, or the group is joined or closed
     */
    public GreenThread<T> spawn(String name, Action<?> body) {
        return add(name, withoutValue(body));
    }

    /**
     * The members that have not ended. Not a switch point.
     *
     * @return their handles, in the order of spawning
     */
    public List<GreenThread<?>> members() {
        lock.lock();
        try {
            return List.copyOf(live);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the policy has what it needs, which is at latest when all members have ended. For a limit put a {@link Timeout} around it; if it
     * expires, or the owner is interrupted, close kills the members. A switch point.
     *
     * @return what the policy makes of the members' ends
     * @throws GroupFailedException if the policy cannot be satisfied
     * @throws InterruptedException if the owner is interrupted meanwhile
     * @throws IllegalStateException if the caller is not the owner, or the group is closed
     * @throws greenlet.GreenletExit if the owner is or has been killed
     */
    public R join() throws InterruptedException {
        ensureOwner("join");
        return GreenThread.awaiting(() -> {
            lock.lockInterruptibly();
            try {
                while (state == State.OPEN && !live.isEmpty()) {
                    changed.await();
                }
                return judge();
            } finally {
                lock.unlock();
            }
        });
    }

    /**
     * Kills the members that have not ended and waits for their end, however long it takes and whoever interrupts; an interrupt of the caller
     * is kept. Does nothing if the group is closed. A switch point unless all have ended.
     *
     * @throws IllegalStateException if the caller is not the owner; or if groups that were opened later are still open: these and this are
     *     closed before that is thrown
     */
    @Override
    public void close() {
        ensureOwner("close");
        int left = nest.countInside(this);
        for (int i = 0; i < left; i++) {
            nest.closeInnermost();
        }
        closeNow();
        if (left > 0) {
            throw new IllegalStateException("Closed a group of green thread '" + owner.name() + "' while " + left
                    + " that it had opened later were open: these were closed first. Close in the reverse"
                    + " order of opening.");
        }
    }

    @Override
    public String toString() {
        return "Group[of " + owner.name() + ", " + state + "]";
    }

    @Nullable
    Group<?, ?> outer() {
        return outer;
    }

    void closeNow() {
        List<Unseen> untold;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            killAll(List.copyOf(live));
            while (!live.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            untold = joined ? List.of() : List.copyOf(unseen);
            unseen.clear();
        } finally {
            lock.unlock();
        }
        nest.leave(this);
        untold.forEach(Unseen::tell);
    }

    /** The owner has ended. Does not wait. */
    void abandon() {
        List<Unseen> untold;
        lock.lock();
        try {
            state = State.CLOSED;
            killAll(List.copyOf(live));
            untold = List.copyOf(unseen);
            unseen.clear();
        } finally {
            lock.unlock();
        }
        untold.forEach(Unseen::tell);
    }

    private GreenThread<T> add(@Nullable String name, Body<? extends T, ?> body) {
        hub.ensureCurrent();
        lock.lock();
        try {
            if (state == State.JOINED || state == State.CLOSED) {
                throw new IllegalStateException("Cannot spawn a member of a group of green thread '" + owner.name()
                        + "': the group is " + (state == State.JOINED ? "joined" : "closed")
                        + ". Spawn before it is joined.");
            }
            GreenThread<T> member = name == null ? hub.spawn(widened(body)) : hub.spawn(name, widened(body));
            if (state == State.DECIDED) {
                member.kill(); // before its first turn
                return member;
            }
            live.add(member);
            verdict.onSpawned(member);
            takeFailuresOf(member);
            member.onEnd(outcome -> onEnded(member, outcome));
            return member;
        } finally {
            lock.unlock();
        }
    }

    /** In the member, also in one that never began. */
    private void onEnded(GreenThread<T> member, Outcome<T> outcome) {
        List<GreenThread<?>> unneeded = List.of();
        lock.lock();
        try {
            live.remove(member);
            if (verdict.onEnded(member, outcome) && state == State.OPEN) {
                state = State.DECIDED;
                unneeded = List.copyOf(live);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        killAll(unneeded);
    }

    private R judge() {
        boolean again = joined;
        state = State.JOINED;
        joined = true;
        try {
            return verdict.result();
        } catch (GroupFailedException failed) {
            if (!again) {
                thrown = failed;
                unseen.forEach(each -> suppress(failed, each.failure()));
            }
            throw failed;
        } finally {
            unseen.clear();
        }
    }

    /** What a member throws is for whoever joins; what its callbacks throw is not. */
    @SuppressWarnings("ReferenceEquality") // the identical object is meant
    private void takeFailuresOf(GreenThread<T> member) {
        if (!verdict.takesFailures()) {
            return;
        }
        Thread.UncaughtExceptionHandler hubs = member.thread().getUncaughtExceptionHandler();
        member.thread().setUncaughtExceptionHandler((thread, failure) -> {
            if (member.outcome() instanceof Outcome.Failed<T>(Throwable own) && own == failure) {
                onFailed(new Unseen(thread, failure, hubs));
            } else {
                hubs.uncaughtException(thread, failure);
            }
        });
    }

    private void onFailed(Unseen failure) {
        boolean unjoined;
        lock.lock();
        try {
            unjoined = state == State.CLOSED && !joined;
            if (joined) {
                if (thrown != null) {
                    suppress(thrown, failure.failure());
                }
            } else if (!unjoined) {
                unseen.add(failure);
            }
        } finally {
            lock.unlock();
        }
        if (unjoined) { // nobody will join for it any more
            failure.tell();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the identical object is meant
    private static void suppress(GroupFailedException failed, Throwable other) {
        if (failed.getCause() != other) {
            failed.addSuppressed(other);
        }
    }

    private static void killAll(List<GreenThread<?>> members) {
        members.forEach(GreenThread::kill);
    }

    private void ensureOwner(String attempt) {
        GreenThread<?> caller = GreenThread.currentOrNull();
        if (caller != owner) {
            throw new IllegalStateException("Cannot " + attempt + " a group: it was opened by green thread '"
                    + owner.name() + "' and this is " + (caller == null ? Thread.currentThread() : caller)
                    + ". The green thread that opens a group joins and closes it.");
        }
        if (state == State.CLOSED && !"close".equals(attempt)) {
            throw new IllegalStateException(
                    "Cannot " + attempt + " a group of green thread '" + owner.name() + "': it is closed.");
        }
    }

    @SuppressWarnings("unchecked") // a body only produces its value
    private static <T extends @Nullable Object> Body<T, ?> widened(Body<? extends T, ?> body) {
        return (Body<T, ?>) body;
    }

    @SuppressWarnings("NullAway") // documented: null is the value of a member that has none
    private static <T extends @Nullable Object> Body<T, ?> withoutValue(Action<?> body) {
        return () -> {
            body.run();
            return null;
        };
    }
}
