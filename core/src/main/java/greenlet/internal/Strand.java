package greenlet.internal;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletExit;
import greenlet.GreenletState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One greenlet from the inside: what {@link Greenlet} is the handle of.
 *
 * <p>Its own thread writes it. Other threads read {@link #life} and {@link #parent}, and may move an unstarted one to
 * their own tree: {@code life} is the lock for that.
 */
public final class Strand implements Runnable {
    // UNSTARTED -> MOVING    // another thread becomes its home
    // MOVING    -> UNSTARTED
    // UNSTARTED -> CLAIMED   // its first switch is under way, or its death before that
    // CLAIMED   -> UNSTARTED // the switch failed
    // CLAIMED   -> ENTERED   // its body runs
    // CLAIMED   -> OVER
    // ENTERED   -> OVER
    private static final int UNSTARTED = 0;
    private static final int MOVING = 1;
    private static final int CLAIMED = 2;
    private static final int ENTERED = 3;
    private static final int OVER = 4;

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final VarHandle LIFE;
    private static final VarHandle PARENT;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LIFE = lookup.findVarHandle(Strand.class, "life", int.class);
            PARENT = lookup.findVarHandle(Strand.class, "parent", Strand.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** A string, or the number that a nameless one is called by: most greenlets are never asked. */
    private final Object name;

    private final Greenlet.@Nullable Body body;

    private volatile int life;
    private @Nullable Strand parent;
    private @Nullable Tree tree;
    private @Nullable SuspendableStack stack;
    private @Nullable Greenlet handle;

    /**
     * Makes an unstarted one.
     *
     * @param name its name, or null for a running number
     * @param body what it will run
     * @param parent where control goes when it dies
     */
    public Strand(@Nullable String name, Greenlet.Body body, Strand parent) {
        this.name = name == null ? NUMBERS.incrementAndGet() : name;
        this.body = body;
        this.parent = parent;
    }

    /** A thread's main one: it has been running all along. */
    Strand(Tree tree, SuspendableStack stack) {
        this.name = "main";
        this.body = null;
        this.tree = tree;
        this.stack = stack;
        this.life = ENTERED;
    }

    /**
     * Returns its handle, always the same.
     *
     * @param create makes the handle if there is none yet
     * @return the handle
     */
    public Greenlet handle(Function<Strand, Greenlet> create) {
        Greenlet known = handle;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            Greenlet handle = this.handle;
            if (handle == null) {
                handle = create.apply(this);
                this.handle = handle;
            }
            return handle;
        }
    }

    /**
     * Passes control to it with a value.
     *
     * @param value what it receives
     * @return what arrives when control comes back
     */
    public @Nullable Object switchTo(@Nullable Object value) {
        Tree tree = this.tree;
        if (life == ENTERED && tree != null && tree.isEntered() && tree.current() != this) {
            return tree.hand(this, value);
        }
        tree = home();
        tree.ensureEntered("switch to", this);
        return tree.transfer(this, value);
    }

    /**
     * Passes control to it with an exception.
     *
     * @param exception what is thrown there
     * @return what arrives when control comes back
     */
    public @Nullable Object throwInto(Throwable exception) {
        Tree tree = home();
        tree.ensureEntered("throw into", this);
        return tree.transfer(this, new Thrown(exception));
    }

    /** The life of its stack, from the first switch to the last. */
    @Override
    public void run() {
        Tree tree = home();
        Greenlet.Body body = this.body;
        if (body == null) {
            throw new AssertionError("a main greenlet has no body");
        }
        Object outcome;
        try {
            LIFE.setRelease(this, ENTERED);
            outcome = body.run(tree.takeFirst());
        } catch (GreenletExit exit) {
            outcome = exit;
        } catch (Throwable failure) {
            outcome = new Thrown(failure);
        }
        end();
        tree.bequeath(this, outcome);
    }

    /** Reserves an unstarted one for its first switch, against threads that would move it. */
    void claim(Tree tree) {
        while (!LIFE.compareAndSet(this, UNSTARTED, CLAIMED)) {
            Thread.onSpinWait(); // another thread is in setParent, which is short
        }
        if (home() != tree) {
            LIFE.setRelease(this, UNSTARTED);
            throw home().refusal("start", this);
        }
        this.tree = tree;
    }

    void prepare(Tree tree) {
        claim(tree);
        try {
            stack = tree.stackFor(this);
        } catch (Throwable failure) {
            unstart();
            throw failure;
        }
    }

    /** Its first switch did not happen. */
    void unstart() {
        stack = null;
        tree = null;
        LIFE.setRelease(this, UNSTARTED);
    }

    void end() {
        stack = null;
        LIFE.setRelease(this, OVER);
    }

    boolean isUnstarted() {
        return life <= MOVING;
    }

    boolean hasEntered() {
        return life >= ENTERED;
    }

    boolean isOver() {
        return life == OVER;
    }

    SuspendableStack stack() {
        SuspendableStack stack = this.stack;
        if (stack == null) {
            throw new AssertionError("greenlet '" + name() + "' has no stack");
        }
        return stack;
    }

    /** The tree that it belongs to: before it starts, its nearest started ancestor's. */
    Tree home() {
        Strand strand = this;
        Tree tree;
        while ((tree = strand.tree) == null) {
            Strand parent = strand.parent();
            if (parent == null) {
                throw new AssertionError("greenlet '" + name() + "' has neither tree nor parent");
            }
            strand = parent;
        }
        return tree;
    }

    boolean belongsTo(Tree tree) {
        return home() == tree;
    }

    /**
     * Returns where control goes when it dies.
     *
     * @return its parent, or null for a main one
     */
    public @Nullable Strand parent() {
        return (Strand) PARENT.getAcquire(this);
    }

    /**
     * Changes where control goes when it dies.
     *
     * @param heir the new parent
     */
    public void setParent(Strand heir) {
        Tree from = home();
        Tree to = heir.home();
        if (body == null) {
            throw new GreenletException.MainGreenlet("Cannot set the parent of the main greenlet of thread '"
                    + from.home().getName() + "': a main greenlet has none. Set the parents of the others.");
        }
        for (Strand ancestor = heir; ancestor != null; ancestor = ancestor.parent()) {
            if (ancestor == this) {
                throw new GreenletException.CyclicParent("Cannot make greenlet '" + heir.name()
                        + "' the parent of greenlet '" + name() + "': it is "
                        + (heir == this ? "the same one" : "a descendant of it") + ". Choose one above it.");
            }
        }
        if (from == to) {
            from.ensureEntered("set the parent of", this);
            PARENT.setRelease(this, heir);
        } else {
            move(from, to, heir);
        }
    }

    private void move(Tree from, Tree to, Strand heir) {
        boolean here = from.isEntered() || to.isEntered();
        if (!here || !LIFE.compareAndSet(this, UNSTARTED, MOVING)) {
            throw new GreenletException.WrongThread("Cannot make greenlet '" + heir.name() + "' of thread '"
                    + to.home().getName() + "' the parent of greenlet '" + name() + "' of thread '"
                    + from.home().getName() + "': "
                    + (here
                            ? "it has started"
                            : "this is thread '" + Thread.currentThread().getName() + "'")
                    + ". Only an unstarted greenlet moves, and only from or to the calling thread.");
        }
        PARENT.setRelease(this, heir);
        LIFE.setRelease(this, UNSTARTED);
    }

    /**
     * Returns the state that it was in a moment ago.
     *
     * @return the state, as any thread may see it
     */
    public GreenletState state() {
        int life = this.life;
        if (life == OVER || !home().home().isAlive()) {
            return GreenletState.DEAD;
        }
        if (life < ENTERED) {
            return GreenletState.UNSTARTED;
        }
        return home().current() == this ? GreenletState.RUNNING : GreenletState.SUSPENDED;
    }

    boolean isSuspended() {
        return state() == GreenletState.SUSPENDED;
    }

    /**
     * Returns its name.
     *
     * @return the name that it was given, or one made of its number
     */
    public String name() {
        return name instanceof String given ? given : "greenlet-" + name;
    }

    /**
     * Describes it for messages.
     *
     * @return name, state and thread
     */
    public String describe() {
        return name() + " " + state() + " of thread " + home().home().getName();
    }
}
