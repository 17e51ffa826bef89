package greenlet.internal;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletLocal;
import greenlet.GreenletState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One greenlet from the inside: what {@link Greenlet} is the handle of.
 *
 * <p>Its own thread writes it. Other threads read {@link #life} and {@link #parent}, and may move an unstarted one to
 * their own tree ({@link Moves}).
 */
public final class Strand implements Runnable {
    // UNSTARTED -> CLAIMED   // its first switch is under way, or its death before that
    // CLAIMED   -> UNSTARTED // the switch failed
    // CLAIMED   -> ENTERING  // its stack runs, its body does not yet
    // ENTERING  -> UNSTARTED // no room for it: the switch failed
    // ENTERING  -> ENTERED   // its body runs
    // CLAIMED   -> OVER      // killed before it ran
    // ENTERED   -> OVER
    static final int UNSTARTED = 0;
    private static final int CLAIMED = 1;
    private static final int ENTERING = 2;
    private static final int ENTERED = 3;
    private static final int OVER = 4;

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final VarHandle LIFE;
    private static final VarHandle PARENT;
    private static final VarHandle NAME;

    static {
        try {
            var lookup = MethodHandles.lookup();
            LIFE = lookup.findVarHandle(Strand.class, "life", int.class);
            PARENT = lookup.findVarHandle(Strand.class, "parent", Strand.class);
            NAME = lookup.findVarHandle(Strand.class, "name", String.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** Null until a nameless one is asked, as most never are: then it is called by a number. */
    private volatile @Nullable String name;

    /** Replaced once, on the way to the first switch, if it is a late one. */
    private Greenlet.@Nullable Body body;

    // These three are written by Tree as well, where there is no stack for a call.
    volatile int life;

    @Nullable
    Tree tree;

    @Nullable
    SuspendableStack stack;

    private @Nullable Strand parent;
    private @Nullable Greenlet handle;
    private @Nullable Anchor anchor;
    private volatile @Nullable Extras extras;

    /**
     * Makes an unstarted one.
     *
     * @param name its name, or null for a running number
     * @param body what it will run
     * @param parent where control goes when it dies
     */
    public Strand(@Nullable String name, Greenlet.Body body, Strand parent) {
        if (name != null) {
            NAME.set(this, name); // plain, as no other thread knows this yet
        }
        this.body = body;
        this.parent = parent;
        if (Settings.TRACE_CREATION) {
            extras().created = new Throwable("created here");
        }
    }

    /** A thread's main one: it has been running all along. */
    Strand(Tree tree, SuspendableStack stack) {
        this.name = "main";
        this.tree = tree;
        this.stack = stack;
        this.anchor = Anchors.OF_MAIN;
        this.life = ENTERED;
    }

    /**
     * Says what its handle is, before anybody else can ask for one.
     *
     * @param handle the only one that it will have
     */
    public void handledBy(Greenlet handle) {
        this.handle = handle;
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
        Tree tree = treeIfEntered();
        return tree != null && tree.mayHandTo(this) ? tree.hand(this, value) : switchInAnyState(value);
    }

    /** The tree in which it may be resumed, if it has entered its body. */
    private @Nullable Tree treeIfEntered() {
        return life == ENTERED ? tree : null;
    }

    private @Nullable Object switchInAnyState(@Nullable Object value) {
        return OutOfLine.switchTo(this, value);
    }

    /** Tells whether its first switch may be made right now, without a look-up of its body. */
    boolean mayStart() {
        return life == UNSTARTED && !(body instanceof HostPolicies.LateBody);
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

    /** At the root of its stack. What it runs comes back to {@link #live}, above the frame that the stack puts between. */
    @Override
    public void run() {
        LIFE.setRelease(this, ENTERING);
        stack().enter(home());
    }

    /** Its life, from the first switch to death. */
    void live() {
        Tree tree = this.tree;
        Greenlet.Body body = this.body;
        if (tree == null || body == null) {
            throw new AssertionError("greenlet '" + name() + "' has no tree or no body");
        }
        LIFE.setRelease(this, ENTERED);
        Object outcome;
        try {
            outcome = body.run(tree.takeFirst(this));
        } catch (Throwable failure) {
            outcome = Tree.afterDeath(new Thrown(failure));
        }
        end();
        home().bequeath(this, outcome); // asked again: kept across the body it would take room while that is suspended
    }

    /** Reserves an unstarted one for its first switch, against threads that would move it. */
    void claim(Tree tree) {
        try {
            Moves.beginClaim(tree);
            if (life != UNSTARTED || home() != tree) {
                throw home().refusal("start", this); // it has been moved meanwhile, and perhaps started
            }
            this.tree = tree;
            LIFE.setRelease(this, CLAIMED);
            tree.claim(false);
        } catch (Throwable failure) {
            // Plain stores only: there may be no stack left for a call.
            if (this.tree == tree && life == CLAIMED) {
                this.tree = null;
                life = UNSTARTED;
            }
            tree.claiming = false;
            throw failure;
        }
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

    /** Tells whether it receives a value right now, in this tree. */
    boolean receives(Tree tree) {
        return life == ENTERED && this.tree == tree;
    }

    /** Its first switch did not happen. */
    void unstart() {
        stack = null;
        tree = null;
        LIFE.setRelease(this, UNSTARTED);
    }

    void end() {
        Tree tree = this.tree;
        if (tree != null && hasEntered()) {
            tree.countEnd(anchor);
        }
        stack = null;
        anchor = null;
        Extras extras = this.extras;
        if (extras != null) {
            extras.over();
        }
        LIFE.setRelease(this, OVER);
    }

    /**
     * Ends it: unwinds it if it is suspended, so that it never runs if it has not started.
     */
    public void close() {
        Tree tree = home();
        if (body == null) {
            throw new GreenletException.MainGreenlet("Cannot close the main greenlet of thread '"
                    + tree.home().getName() + "': it lives as long as its thread. Close the others.");
        }
        if (life == OVER) {
            return;
        }
        tree.ensureEntered("close", this);
        tree.close(this);
    }

    /** Finds the body of a late one, in the greenlet that switches to it. */
    void lookUpBody() {
        if (isUnstarted() && body instanceof HostPolicies.LateBody late) {
            Greenlet.Body found = late.lookup().get();
            if (isUnstarted()) {
                body = found;
            }
        }
    }

    boolean isAnchored() {
        return anchor != null;
    }

    /** Makes it known to its tree, at its first suspension. */
    void anchor(Anchors anchors, @Nullable Object leakWatch) {
        if (leakWatch != null) {
            extras().suspended = LeakReports.suspended(leakWatch, this);
        }
        anchor = anchors.add(this);
    }

    /** It was unreachable and is about to be unwound; if it survives that, its next suspension anchors it anew. */
    void loseAnchor(Anchors anchors) {
        Anchor anchor = this.anchor;
        if (anchor != null) {
            anchors.remove(anchor);
            this.anchor = null;
        }
    }

    /** From now on its outcome goes to this one, which waits for it. */
    void killedBy(Strand killer) {
        extras().addKiller(killer);
    }

    /** This one does not wait for its end any more; returns whether it did until now. */
    boolean notKilledBy(Strand killer) {
        Extras extras = this.extras;
        Deque<Strand> waiting = extras == null ? null : extras.killers;
        return waiting != null && waiting.remove(killer);
    }

    /** Tells whether somebody waits for its end: its outcome goes there. */
    boolean isBeingKilled() {
        Extras extras = this.extras;
        return extras != null && extras.killers != null;
    }

    /** Where its outcome goes first: to its latest killer, which then waits no more, or else the ordinary way, from itself. */
    Strand firstHeir() {
        Extras extras = this.extras;
        Deque<Strand> waiting = extras == null ? null : extras.killers;
        Strand killer = waiting == null ? null : waiting.pollLast();
        return killer == null ? this : killer;
    }

    /** Returns false if a call of the listener runs in it already. */
    boolean beginListening() {
        Extras extras = extras();
        boolean begins = !extras.listening;
        extras.listening = true;
        return begins;
    }

    void endListening() {
        extras().listening = false;
    }

    /** Tells whether it is where it was when it lost its anchor: control has not been there since. */
    boolean isUntouched() {
        return anchor == null && life == ENTERED;
    }

    Extras extras() {
        Extras known = extras;
        if (known == null) {
            synchronized (this) {
                known = extras;
                if (known == null) {
                    known = new Extras();
                    extras = known;
                }
            }
        }
        return known;
    }

    @Nullable
    Throwable created() {
        Extras extras = this.extras;
        return extras == null ? null : extras.created;
    }

    /**
     * Returns the values of its locals.
     *
     * @return a map that only its own thread uses
     */
    public Map<GreenletLocal<?>, @Nullable Object> locals() {
        return extras().locals();
    }

    /**
     * Returns what its host saved.
     *
     * @return what was saved, or null
     */
    public @Nullable Object saved() {
        Extras extras = this.extras;
        return extras == null ? null : extras.saved;
    }

    /**
     * Replaces what its host will restore.
     *
     * @param saved the replacement
     */
    public void setSaved(@Nullable Object saved) {
        extras().saved = saved;
    }

    /**
     * Returns what its host attached.
     *
     * @return the attachment, or null
     */
    public @Nullable Object attachment() {
        Extras extras = this.extras;
        return extras == null ? null : extras.attachment;
    }

    /**
     * Attaches an object.
     *
     * @param attachment the object, or null
     */
    public void attach(@Nullable Object attachment) {
        extras().attachment = attachment;
    }

    /**
     * Returns its frames.
     *
     * @return innermost first; empty unless it is suspended
     */
    public List<StackTraceElement> stackTrace() {
        return StackReader.read(this);
    }

    /**
     * Returns those that live on its thread.
     *
     * @return the main one first
     */
    public List<Strand> tree() {
        return home().living();
    }

    boolean isUnstarted() {
        return life == UNSTARTED;
    }

    boolean hasEntered() {
        return life >= ENTERED;
    }

    boolean isOver() {
        return life == OVER;
    }

    @Nullable
    SuspendableStack stackOrNull() {
        return stack;
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
        if (body == null) {
            throw Reparenting.ofMain(home());
        }
        if (isUnstarted()) {
            Moves.setParent(this, heir);
            return;
        }
        Reparenting.ensureNoCycle(this, heir);
        Tree from = home();
        if (from != heir.home()) {
            throw Reparenting.refusal(this, heir, "it has started");
        }
        from.ensureEntered("set the parent of", this);
        inherit(heir);
    }

    /** What {@link #setParent} does when it has been found to be allowed. */
    void inherit(Strand heir) {
        PARENT.setRelease(this, heir);
    }

    /**
     * Returns the state that it was in a moment ago.
     *
     * @return the state, as any thread may see it
     */
    public GreenletState state() {
        int life = this.life;
        if (life < ENTERED) {
            return GreenletState.UNSTARTED; // its thread may have ended: it can still be given to another
        }
        if (life == OVER || !home().home().isAlive()) {
            return GreenletState.DEAD;
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
        String known = name;
        if (known == null) {
            NAME.compareAndSet(this, null, "greenlet-" + NUMBERS.incrementAndGet());
            known = Objects.requireNonNull(name);
        }
        return known;
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
