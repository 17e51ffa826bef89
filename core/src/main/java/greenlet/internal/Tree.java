package greenlet.internal;

import greenlet.GreenletException;
import greenlet.GreenletExit;
import org.jspecify.annotations.Nullable;

/**
 * All greenlets of one thread: which of them is current, and what is on its way to it.
 *
 * <p>Control is passed in three steps: route (find who really receives it), hand (make that one current and leave the
 * own stack), arrive (take the parcel). Everything that may fail does so before the own stack is left, and puts back
 * what it changed.
 */
public final class Tree {
    private static final ThreadLocal<Tree> TREES = new ThreadLocal<>();

    private final Thread home;
    private final Strand main;
    private final Binding binding;

    /** Who runs the tree now: the home thread, or with the portable binding the current greenlet's own. */
    private Thread runner;

    private Strand current;

    /** What the current greenlet takes when it arrives: a value, or a {@link Thrown}. */
    private @Nullable Object parcel;

    private Tree(Thread home, Binding binding) {
        this.home = home;
        this.runner = home;
        this.binding = binding;
        this.main = new Strand(this, binding.root(this));
        this.current = main;
    }

    /** Returns the calling thread's tree, which is planted at the first call. */
    public static Tree ofThisThread() {
        Tree tree = TREES.get();
        if (tree == null) {
            tree = new Tree(Thread.currentThread(), Binding.require());
            TREES.set(tree);
        }
        return tree;
    }

    /** Makes this the calling thread's tree: it runs one of its greenlets (portable binding). */
    void adopt() {
        TREES.set(this);
    }

    /** Returns the greenlet that runs now. */
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
        runner = thread;
    }

    boolean isEntered() {
        return runner == Thread.currentThread();
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
        Route route = Route.ofTransfer(this, target, parcel);
        if (route.heir == current) {
            return open(route.parcel);
        }
        Object arrived;
        try {
            arrived = pass(route.heir, route.parcel);
        } catch (Throwable failure) {
            route.undo();
            throw failure;
        }
        return open(arrived);
    }

    /** Passes control to a started, suspended greenlet of this tree: the hot path. */
    @Nullable
    Object hand(Strand target, @Nullable Object parcel) {
        return open(pass(target, parcel));
    }

    /** Returns what arrives when control is back; throws if it never left. */
    private @Nullable Object pass(Strand target, @Nullable Object parcel) {
        Strand origin = current;
        SuspendableStack stack = origin.stack();
        this.parcel = parcel;
        current = target;
        try {
            stack.leave();
        } catch (Throwable failure) {
            // Control never left. Plain stores only: there may be no stack left for a call.
            current = origin;
            this.parcel = null;
            throw failure;
        }
        Object arrived = this.parcel;
        this.parcel = null;
        return arrived;
    }

    /** Takes what came with the first switch. */
    @Nullable
    Object takeFirst() {
        Object arrived = parcel;
        parcel = null;
        return open(arrived);
    }

    private static @Nullable Object open(@Nullable Object arrived) {
        if (arrived instanceof Thrown thrown) {
            throw Thrown.<RuntimeException>sneak(thrown.exception());
        }
        return arrived;
    }

    /** Names who is current after the current greenlet's death; its stack then ends. */
    void bequeath(Strand dead, @Nullable Object outcome) {
        Route route = Route.ofDeath(this, dead, outcome);
        parcel = route.parcel;
        current = route.heir;
    }

    SuspendableStack stackFor(Strand strand) {
        return binding.stackFor(strand, this);
    }

    /** A greenlet could not be entered from the root: whoever switched to it gets the reason, or else the main one. */
    void resumeFailed(Strand next, Strand last, Throwable failure) {
        if (!next.hasEntered()) {
            next.unstart();
        }
        parcel = new Thrown(failure);
        current = last.isSuspended() && last != next ? last : main;
    }

    /** What an exit becomes when the greenlet that it is meant for is dead, or dies of it: a value. */
    static @Nullable Object afterDeath(@Nullable Object parcel) {
        return parcel instanceof Thrown(GreenletExit exit) ? exit : parcel;
    }
}
