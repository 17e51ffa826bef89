package greenlet.internal;

import greenlet.GreenletException;
import greenlet.SwitchListener;
import greenlet.host.GreenletCounts;
import greenlet.host.SwitchHooks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All greenlets of one thread: which of them is current, and what is on its way to it.
 *
 * <p>Control is passed in three steps: route (find who really receives it), pass (make that one current and leave the own
 * stack), open (take the parcel). Everything that may fail does so before the own stack is left, and puts back what it
 * changed. A tree that somebody watches (listener, hooks, strict mode) has a {@link Watch}; the hot path asks only
 * whether there is one.
 */
public final class Tree implements Runnable {
    private static final VarHandle RUNNER;
    private static final VarHandle CLAIMING;

    static {
        try {
            var lookup = MethodHandles.lookup();
            RUNNER = lookup.findVarHandle(Tree.class, "runner", Thread.class);
            CLAIMING = lookup.findVarHandle(Tree.class, "claiming", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    private final Thread home;
    private final Strand main;
    private final Binding binding;
    private final Anchors anchors;
    private final Killing killing = new Killing(this);

    /** Who runs the tree now: the home thread, or with the portable binding the current greenlet's own. */
    private Thread runner;

    /** Set while the runner makes one of its unstarted greenlets its own for good; read by those that move them. */
    boolean claiming;

    private Strand current;

    /** What the current greenlet takes when it arrives: a value, or a {@link Thrown}. */
    private @Nullable Object parcel;

    /**
     * Whether control had been away when a switch failed, on the way back or in what is done at an arrival: then there is
     * nothing to undo, and what was sent back is lost.
     */
    private boolean cameBack;

    private @Nullable Watch watch;
    private @Nullable Object leakWatch;

    // For GreenletCounts.
    private long started;
    private long ended;

    private Tree(Thread home, Binding binding) {
        this.home = home;
        this.runner = home;
        this.binding = binding;
        this.anchors = new Anchors(binding.resurrects());
        this.main = new Strand(this, binding.root(this));
        this.current = main;
        this.watch = Watch.ofNewTree(this);
    }

    /**
     * Returns the calling thread's tree, which is planted at the first call.
     *
     * @return the tree that the calling thread runs
     */
    public static Tree ofThisThread() {
        Tree tree = Trees.ofThisThread();
        return tree == null ? plant() : tree;
    }

    private static Tree plant() {
        Binding binding = Binding.require();
        Tree forgotten = binding.planted();
        if (forgotten != null) {
            Trees.set(forgotten);
            return forgotten;
        }
        Tree tree = new Tree(Thread.currentThread(), binding);
        binding.planted(tree); // first: a tree that could be found and would not be unwound is worse than none
        Trees.set(tree);
        LeakReports.checkCollectedThreads();
        return tree;
    }

    /** One that no thread finds and nobody watches, for what the calling thread does at once. */
    static Tree unwatched(Binding binding) {
        Tree tree = new Tree(Thread.currentThread(), binding);
        tree.watch = null;
        return tree;
    }

    /** Makes this the calling thread's tree: it runs one of its greenlets (portable binding). */
    void adopt() {
        Trees.set(this);
    }

    /**
     * Returns the greenlet that runs now.
     *
     * @return the current one
     */
    public Strand current() {
        return current;
    }

    Strand main() {
        return main;
    }

    Thread home() {
        return home;
    }

    void runsOn(Thread thread) {
        RUNNER.setVolatile(this, thread); // before anything that it loads: see Moves
    }

    void claim(boolean underWay) {
        CLAIMING.setRelease(this, underWay);
    }

    /** Returns when the runner claims nothing; what it claims later it does knowing what the caller has stored so far. */
    void awaitClaim() {
        ((Thread) RUNNER.getVolatile(this)).getStackTrace(); // a handshake with that thread
        while ((boolean) CLAIMING.getAcquire(this)) {
            Thread.onSpinWait(); // a few instructions, unless the machine has taken the processor from it
        }
    }

    boolean isEntered() {
        return isRunBy(Thread.currentThread());
    }

    boolean isRunBy(Thread thread) {
        return runner == thread;
    }

    /** Tells whether a switch may take the hot path: to another, nobody watches, and nobody waits to be unwound. */
    boolean mayHandTo(Strand target) {
        return isEntered() && current != target && watch == null && !anchors.hasAbandoned();
    }

    void ensureEntered(String attempt, Strand target) {
        if (!isEntered()) {
            throw refusal(attempt, target);
        }
    }

    GreenletException.WrongThread refusal(String attempt, Strand target) {
        return new GreenletException.WrongThread("Cannot " + attempt + " greenlet '" + target.name()
                + "': it belongs to thread '" + home.getName() + "'" + (home.isAlive() ? "" : ", which has ended,")
                + " and this is thread '" + Thread.currentThread().getName()
                + "'. Switch only among greenlets of one thread.");
    }

    /** Passes control to a target in any state. */
    @Nullable
    Object transfer(Strand target, @Nullable Object parcel) {
        drain();
        if (!(parcel instanceof Thrown)) {
            target.lookUpBody(); // may switch: what follows asks for every state anew
        }
        StackRoom.ensure(); // for the route and for undoing it, and for whoever watches, at the end of a stack
        Route route = Route.ofTransfer(this, target, parcel);
        return open(route.heir == current ? arrive(current, route.parcel) : passAlong(route));
    }

    private @Nullable Object passAlong(Route route) {
        Strand origin = current;
        Watch watch = this.watch;
        if (watch != null) {
            ensureMayLeave(watch, route);
        }
        cameBack = false;
        try {
            if (watch != null) {
                watch.leaving(origin);
            }
            return pass(route.heir, route.parcel);
        } catch (Throwable failure) {
            if (!cameBack) {
                route.undo();
            }
            Watch remaining = this.watch; // perhaps another by now
            if (remaining != null) {
                remaining.stayed(origin);
            }
            throw failure;
        }
    }

    private void ensureMayLeave(Watch watch, Route route) {
        try {
            watch.ensureMayLeave(current);
        } catch (Throwable refusal) {
            route.undo();
            throw refusal;
        }
    }

    /** Passes control to a started, suspended greenlet of this tree: the hot path. */
    @Nullable
    Object hand(Strand target, @Nullable Object parcel) {
        return open(pass(target, parcel));
    }

    /** Passes control to one that has never run, nor has anybody found its body to be late. */
    @Nullable
    Object start(Strand target, @Nullable Object parcel) {
        target.prepare(this);
        cameBack = false;
        Object arrived;
        try {
            arrived = pass(target, parcel);
        } catch (Throwable failure) {
            if (!cameBack) {
                // What unstart does, by plain stores: there may be no stack left for its call.
                target.stack = null;
                target.tree = null;
                target.life = Strand.UNSTARTED;
            }
            throw failure;
        }
        return open(arrived);
    }

    /** Returns what arrives when control is back; throws if it never left, or if the way back overflowed the stack. */
    private @Nullable Object pass(Strand target, @Nullable Object parcel) {
        Strand origin = current;
        SuspendableStack stack = origin.stack();
        if (!origin.isAnchored()) {
            anchor(origin);
        }
        this.parcel = parcel;
        current = target;
        try {
            stack.leave();
            return takeParcel(origin);
        } catch (Throwable failure) {
            // Plain stores only: there may be no stack left for a call.
            cameBack = current != target;
            current = origin;
            this.parcel = null;
            throw failure;
        }
    }

    private void anchor(Strand origin) {
        OutOfLine.anchor(origin, anchors, leakWatch);
    }

    private @Nullable Object takeParcel(Strand receiver) {
        Object arrived = parcel;
        parcel = null;
        return arrive(receiver, arrived);
    }

    /** Lives the current greenlet's life, which has just got a stack. */
    @Override
    public void run() {
        current.live();
    }

    /** Takes what came with the first switch. */
    @Nullable
    Object takeFirst(Strand entered) {
        started++;
        return open(takeParcel(entered));
    }

    private @Nullable Object arrive(Strand target, @Nullable Object arrived) {
        Watch watch = this.watch;
        return watch == null ? arrived : watch.arrived(target, arrived);
    }

    private static @Nullable Object open(@Nullable Object arrived) {
        if (arrived instanceof Thrown thrown) {
            throw Thrown.<RuntimeException>sneak(thrown.exception());
        }
        return arrived;
    }

    /** Names who is current after the current greenlet's death; its stack then ends. */
    void bequeath(Strand dead, @Nullable Object outcome) {
        Strand parent = dead.parent();
        if (watch == null && parent != null && parent.receives(this) && !dead.isBeingKilled()) {
            parcel = outcome;
            current = parent;
            return;
        }
        Route route = Route.ofDeath(this, dead.firstHeir(), outcome);
        Watch watch = this.watch;
        if (watch != null) {
            watch.died(dead);
        }
        parcel = route.parcel;
        current = route.heir;
    }

    void countEnd(@Nullable Anchor anchor) {
        ended++;
        if (anchor != null) {
            anchors.remove(anchor);
        }
    }

    SuspendableStack stackFor(Strand strand) {
        return binding.stackFor(strand, this);
    }

    /**
     * A stack could not be run from the root, or broke off below our own frames. Whoever switched to it gets the reason;
     * if that one is gone, the main greenlet does.
     */
    void runFailed(Strand next, boolean ranNothing, Strand last, Throwable failure) {
        if (!ranNothing) {
            next.end();
            bequeath(next, new Thrown(failure));
            return;
        }
        if (!next.hasEntered()) {
            next.unstart();
        }
        parcel = new Thrown(failure);
        current = last.hasEntered() && !last.isOver() && last != next ? last : main;
    }

    /** What an exit becomes when the greenlet that it is meant for is dead, or dies of it: a value. */
    static @Nullable Object afterDeath(@Nullable Object parcel) {
        return parcel instanceof Thrown(Throwable thrown) && HostPolicies.isExit(thrown) ? thrown : parcel;
    }

    void ensureNoMonitorHeld(Strand leaving) {
        binding.ensureNoMonitorHeld(leaving);
    }

    /** Ends a greenlet from outside. */
    void close(Strand victim) {
        killing.close(victim);
    }

    /**
     * Unwinds the greenlets that have been found to be unreachable.
     *
     * @return how many
     */
    public int drain() {
        if (!anchors.hasAbandoned()) {
            return 0;
        }
        return killing.reap(anchors);
    }

    /** The thread is ending, and runs this itself. */
    void unwindAll() {
        killing.unwindAll(anchors);
    }

    /** From now on greenlets that are suspended when the thread has ended are reported. */
    void watchForLeaks() {
        leakWatch = LeakReports.watch(home);
    }

    /**
     * Sets the thread's listener.
     *
     * @param listener the new one, or null for none
     * @return the one before, or null
     */
    public @Nullable SwitchListener setListener(@Nullable SwitchListener listener) {
        Watch old = watch;
        SwitchListener before = listener();
        watch = Watch.of(this, old, old == null ? null : old.hooks(), listener);
        return before;
    }

    /** It failed; if another has been set meanwhile, that one stays. */
    @SuppressWarnings("ReferenceEquality") // this very listener, however it defines equality
    void dropListener(SwitchListener failed) {
        if (listener() == failed) {
            setListener(null);
        }
    }

    /**
     * Returns the thread's listener.
     *
     * @return the listener, or null
     */
    public @Nullable SwitchListener listener() {
        Watch watch = this.watch;
        return watch == null ? null : watch.listener();
    }

    /**
     * Sets the host's hooks.
     *
     * @param hooks the hooks, or null for none
     */
    public void setSwitchHooks(@Nullable SwitchHooks hooks) {
        Watch old = watch;
        watch = Watch.of(this, old, hooks, old == null ? null : old.listener());
    }

    /**
     * Counts.
     *
     * @return the counts at this moment
     */
    public GreenletCounts counts() {
        return new GreenletCounts(started, ended, anchors.snapshot().size(), killing.unwound());
    }

    /** All that have started and are not over; from any thread. */
    List<Strand> living() {
        List<Strand> living = new ArrayList<>();
        living.add(main);
        Strand running = current;
        List<Strand> suspended = anchors.snapshot();
        if (running != main && !suspended.contains(running)) {
            living.add(running);
        }
        living.addAll(suspended);
        return living;
    }
}
