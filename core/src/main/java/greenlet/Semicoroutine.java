package greenlet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A greenlet that yields to whoever resumed it: what {@link Generator} and {@link Coroutine} are made of.
 *
 * <p>The resumer, any greenlet of the thread, becomes the greenlet's parent, so that a death delivers value or exception
 * to it without further ado. One that {@linkplain #delegate delegates} stays suspended while the other runs in its
 * place, and it is the other that its resumer resumes: an element costs one switch there and one back, however long the
 * chain is. The chain's first, {@link #root}, keeps the state for all of it.
 *
 * <p>The name is Dahl's and Hoare's ("Hierarchical Program Structures", 1972); resume and yield are those of Moura and
 * Ierusalimschy ("Revisiting Coroutines", 2009). Confined to the thread that resumed it first.
 */
@SuppressWarnings("NamedLikeContextualKeyword") // "yield" is the word for it, and nobody calls it unqualified
final class Semicoroutine<I extends @Nullable Object, O extends @Nullable Object> {
    /** What it runs. */
    @FunctionalInterface
    interface Body<I extends @Nullable Object, O extends @Nullable Object> {
        O run(I first) throws Throwable;
    }

    // UNSTARTED -> RESUMING  // the first resume, which picks the thread
    // RESUMING  -> RUNNING   // arrived in the body
    // RESUMING  -> UNSTARTED or SUSPENDED // the switch failed
    // RUNNING   -> SUSPENDED // yield
    // SUSPENDED -> RESUMING  // resume or close
    // UNSTARTED -> DELEGATED // runs in another one's place
    // RUNNING, DELEGATED -> OVER // its body ended
    // UNSTARTED -> OVER      // closed before it ran
    enum Stage {
        UNSTARTED,
        RESUMING,
        RUNNING,
        SUSPENDED,
        DELEGATED,
        OVER
    }

    /** The class that a body is written in. */
    private static final ClassValue<String> WRITTEN_IN = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> body) {
            String name = body.getName();
            int lambda = name.indexOf("$$Lambda");
            return lambda < 0 ? name : name.substring(0, lambda);
        }
    };

    private static final VarHandle STAGE;

    static {
        try {
            STAGE = MethodHandles.lookup().findVarHandle(Semicoroutine.class, "stage", Stage.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** The subject of messages, as in {@code generator 'x'}; also the greenlet's name. */
    private final String description;

    private final Body<I, O> body;

    /** Plain but for the way out of UNSTARTED, which two threads may try at once. */
    private Stage stage = Stage.UNSTARTED;

    /** The thread that resumed it first. */
    private @Nullable Thread home;

    private @Nullable Greenlet greenlet;
    private Semicoroutine<?, ?> root = this;

    /** The greenlet to resume: one's own, or that of the last in the chain. The root's counts. */
    private @Nullable Greenlet active;

    /** Whom to yield to. The root's counts. */
    private @Nullable Greenlet resumer;

    /** What unwinds the chain, while it is being closed. The root's counts. */
    private @Nullable GreenletExit exit;

    Semicoroutine(String description, Body<I, O> body) {
        this.description = description;
        this.body = body;
    }

    /** Makes the description of one without a name. */
    static String describe(String kind, Object body) {
        return kind + " of " + WRITTEN_IN.get(body.getClass());
    }

    /** Runs it until it yields or ends; {@link #isOver} tells which. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only the body yields or returns something: an O, null if that may be
    O resume(String attempt, I value) {
        Stage before = stage;
        Greenlet target = ready(attempt, before);
        stage = Stage.RESUMING;
        try {
            O yielded = (O) target.switchTo(value);
            ensureYielded();
            return yielded;
        } finally {
            if (stage == Stage.RESUMING) {
                stage = before; // control never left
            }
        }
    }

    /** Unwinds it: innermost of the chain first. */
    void close() {
        if (stage == Stage.OVER || (stage == Stage.UNSTARTED && STAGE.compareAndSet(this, stage, Stage.OVER))) {
            return;
        }
        Greenlet target = ready("close", stage);
        GreenletExit exit = new GreenletExit(description + " is closed");
        this.exit = exit;
        stage = Stage.RESUMING;
        try {
            target.throwInto(exit);
            ensureYielded();
        } finally {
            this.exit = null;
            if (stage == Stage.RESUMING) {
                stage = Stage.SUSPENDED; // control never left
            }
        }
        if (stage != Stage.OVER) {
            throw new IllegalStateException("Cannot close " + description + ": its body caught the GreenletExit and"
                    + " yielded again. Let the exit pass, and yield in no finally block.");
        }
    }

    /** Returns the greenlet to switch to; throws if it cannot be resumed now, or not here. */
    private Greenlet ready(String attempt, Stage stage) {
        return switch (stage) {
            case SUSPENDED -> attach(attempt, Greenlet.current());
            case UNSTARTED -> start(attempt);
            case RESUMING, RUNNING ->
                throw refused(attempt, "it is running, and has not yielded", "Do it outside its body, after a yield");
            case DELEGATED -> throw refused(attempt, root.description + " has delegated to it", "Use that one");
            case OVER -> throw refused(attempt, "it is over", "Make another");
        };
    }

    private Greenlet start(String attempt) {
        Greenlet resumer = Greenlet.current();
        Greenlet target = Greenlet.of(description, this::live);
        if (!STAGE.compareAndSet(this, Stage.UNSTARTED, Stage.RESUMING)) {
            throw refused(attempt, "another thread starts it at this moment", "Use it on one thread");
        }
        home = Thread.currentThread();
        this.resumer = resumer;
        greenlet = target;
        active = target;
        return target;
    }

    /** Makes the running greenlet the one to yield to, and to die to; returns the one to resume. */
    private Greenlet attach(String attempt, Greenlet resumer) {
        Greenlet greenlet = this.greenlet;
        Greenlet active = this.active;
        if (greenlet == null || active == null) {
            throw new AssertionError(description + " has started without a greenlet");
        }
        if (resumer != this.resumer) {
            try {
                greenlet.setParent(resumer);
            } catch (GreenletException.WrongThread e) {
                var refusal = new GreenletException.WrongThread("Cannot " + attempt + " " + description
                        + " on thread '" + Thread.currentThread().getName()
                        + "': it was started on thread '" + (home == null ? "?" : home.getName())
                        + "'. Use it on one thread.");
                refusal.initCause(e);
                throw refusal;
            }
            this.resumer = resumer;
        }
        return active;
    }

    private void ensureYielded() {
        if (stage == Stage.RUNNING) {
            throw new IllegalStateException("Cannot go on after resuming " + description
                    + ": control came back, but it has not yielded. Some greenlet switched here in its place: switch"
                    + " back only by yielding.");
        }
    }

    /** What its greenlet runs. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only the resumer sends something: an I, null if that may be
    private @Nullable Object live(@Nullable Object sent) throws Throwable {
        root.stage = Stage.RUNNING;
        try {
            I first = (I) sent;
            return body.run(first);
        } finally {
            stage = Stage.OVER;
        }
    }

    /** Called in the body: suspends the chain and returns what it is resumed with. */
    @SuppressWarnings({"unchecked", "NullAway"}) // only the resumer sends something: an I, null if that may be
    I yield(O value) {
        ensureInside("yield from");
        Semicoroutine<?, ?> root = this.root;
        Greenlet resumer = root.resumer;
        if (resumer == null) {
            throw new AssertionError(root.description + " runs without a resumer");
        }
        root.stage = Stage.SUSPENDED;
        try {
            I sent = (I) resumer.switchTo(value);
            if (root.stage != Stage.RESUMING) {
                throw new IllegalStateException("Cannot go on after a yield of " + description
                        + ": some greenlet switched to it that did not resume it. Resume it instead.");
            }
            return sent;
        } finally {
            root.stage = Stage.RUNNING;
        }
    }

    /** Called in the body: the other one runs in this one's place until it ends. */
    void delegate(Semicoroutine<?, ?> other) {
        ensureInside("delegate from");
        if (other.stage != Stage.UNSTARTED) {
            other.ready("delegate to", other.stage);
        }
        Greenlet place = Greenlet.of(other.description, other::live);
        if (!STAGE.compareAndSet(other, Stage.UNSTARTED, Stage.DELEGATED)) {
            throw other.refused("delegate to", "another thread starts it at this moment", "Use it on one thread");
        }
        Semicoroutine<?, ?> root = this.root;
        other.greenlet = place;
        other.root = root;
        root.active = place;
        try {
            place.switchTo(null);
        } finally {
            root.active = greenlet;
            if (place.state() == GreenletState.UNSTARTED) {
                other.stage = Stage.UNSTARTED; // control never left
                other.root = other;
            }
        }
        GreenletExit exit = root.exit;
        if (exit != null) {
            throw exit;
        }
        if (other.stage != Stage.OVER) {
            throw new IllegalStateException("Cannot go on in " + description + ": it has delegated to "
                    + other.description + ", which has not ended. Some greenlet switched to it: resume it instead.");
        }
    }

    private void ensureInside(String attempt) {
        Greenlet running = Greenlet.current();
        if (running != greenlet) {
            throw refused(
                    attempt,
                    "its body is not what runs: " + running + " is",
                    "Do it in the body, or in what it" + " calls");
        }
    }

    private IllegalStateException refused(String attempt, String state, String remedy) {
        return new IllegalStateException("Cannot " + attempt + " " + description + ": " + state + ". " + remedy + ".");
    }

    Stage stage() {
        return stage;
    }

    boolean isOver() {
        return stage == Stage.OVER;
    }

    boolean hasStarted() {
        return stage != Stage.UNSTARTED;
    }

    /** Tells whether its body is what runs now: not if it has switched to another greenlet, or resumed one. */
    boolean isCurrent() {
        return Greenlet.current() == greenlet;
    }

    @Override
    public String toString() {
        return description;
    }
}
