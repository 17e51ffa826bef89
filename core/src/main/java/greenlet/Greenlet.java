package greenlet;

import greenlet.internal.Handles;
import greenlet.internal.Strand;
import greenlet.internal.Tree;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine with its own stack, which the program switches: control moves from one greenlet to another of the same
 * thread by {@link #switchTo(Object)}, by {@link #throwInto(Throwable)} and by death, and by nothing else.
 *
 * <pre>{@code
 * Greenlet main = Greenlet.current();
 * Greenlet ping = Greenlet.of("ping", first -> {
 *     Object heard = first;
 *     while (!"stop".equals(heard)) heard = main.switchTo("pong " + heard);
 *     return "bye"; // death: control and value go to the parent
 * });
 * ping.switchTo("1"); // "pong 1"
 * ping.switchTo("stop"); // "bye"
 * }</pre>
 *
 * <p><b>Values.</b> The first switch to a greenlet calls its body with the value; every later one is the result of the
 * call that suspended it. A switch without a value delivers {@code null}, and {@code null} is a value like any other.
 *
 * <p><b>Parents and death.</b> A greenlet's parent is the one that was current when it was made, unless
 * {@link #setParent} says otherwise. When its body returns, the value goes to the parent; when it throws, the identical
 * exception is thrown there, checked or not; a {@link GreenletExit} that leaves the body is <em>returned</em> there.
 * Dead ancestors are passed over. A switch to a dead greenlet goes to its nearest live ancestor.
 *
 * <p><b>Threads.</b> Each thread, platform or virtual, has a tree of its own below its main greenlet, which is the
 * thread's ordinary stack: it has no parent and is never dead while the thread lives.
 *
 * <p><b>States</b>: see {@link GreenletState}. <b>Failures</b>: misuse throws a {@link GreenletException} and changes
 * nothing.
 *
 * <p>Confined to its thread, except {@link #name}, {@link #state}, {@link #isDead}, {@link #parent},
 * {@link #stackTrace}, {@link #tree} and {@link #toString}, which may be called from any thread.
 *
 * <p><b>Memory effects</b>: none are needed within a thread. <b>Limits</b>: a greenlet does not own locks, its thread
 * does: a {@code ReentrantLock} held across a switch does not keep its siblings out, and a monitor held across a switch
 * can block the whole thread. {@code -Dgreenlet.strict=true} finds the latter.
 */
public final class Greenlet implements AutoCloseable {
    /** What a greenlet runs. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs the greenlet.
         *
         * @param first the value of the first switch to it, or null if that had none
         * @return the value that goes to the parent
         * @throws Throwable anything: the identical object is thrown in the parent
         */
        @Nullable
        Object run(@Nullable Object first) throws Throwable;
    }

    static {
        Handles.install(Greenlet::new, greenlet -> greenlet.strand);
    }

    private final Strand strand;

    private Greenlet(Strand strand) {
        this.strand = strand;
    }

    private static Greenlet unstarted(@Nullable String name, Body body) {
        Strand strand = new Strand(name, body, Tree.ofThisThread().current());
        Greenlet greenlet = new Greenlet(strand);
        strand.handledBy(greenlet);
        return greenlet;
    }

    private static Greenlet handle(Strand strand) {
        return Handles.of(strand);
    }

    /**
     * Returns the greenlet that runs now: the thread's main one if the thread has not switched to another. Not a switch
     * point.
     *
     * @return the running greenlet
     * @throws GreenletException.Unavailable if this JVM was not started for greenlets
     */
    public static Greenlet current() {
        return handle(Tree.ofThisThread().current());
    }

    /**
     * Creates a greenlet without running it; its parent is the current one. Not a switch point.
     *
     * @param name what messages and {@link #toString} call it
     * @param body what it will run
     * @return a new, unstarted greenlet
     * @throws GreenletException.Unavailable if this JVM was not started for greenlets
     */
    public static Greenlet of(String name, Body body) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        return unstarted(name, body);
    }

    /**
     * Creates a greenlet with a name made from a running number. Not a switch point.
     *
     * @param body what it will run
     * @return a new, unstarted greenlet whose parent is the current one
     * @throws GreenletException.Unavailable if this JVM was not started for greenlets
     */
    public static Greenlet of(Body body) {
        Objects.requireNonNull(body, "body");
        return unstarted(null, body);
    }

    /**
     * Suspends the current greenlet and continues this one, delivering a value. A switch to oneself returns the value
     * at once; a switch to a dead greenlet goes to its nearest live ancestor. A switch point.
     *
     * @param value what this greenlet's pending call returns, or its body's argument if it has not started; may be null
     * @return what some greenlet delivers when it switches back to the caller
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public @Nullable Object switchTo(@Nullable Object value) {
        return strand.switchTo(value);
    }

    /**
     * Switches without a value, which delivers {@code null}. A switch point.
     *
     * @return what some greenlet delivers when it switches back to the caller
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public @Nullable Object switchTo() {
        return strand.switchTo(null);
    }

    /**
     * Switches like {@link #switchTo(Object)} and lets the caller catch a checked exception that arrives meanwhile. The
     * type is a declaration only: exceptions of other types pass as well. A switch point.
     *
     * @param <X> the exception that the caller wants to catch
     * @param value what this greenlet receives; may be null
     * @param mayThrow the exception that the caller wants to catch
     * @return what some greenlet delivers when it switches back to the caller
     * @throws X if a greenlet dies of it or throws it into the caller
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public <X extends Throwable> @Nullable Object switchTo(@Nullable Object value, Class<X> mayThrow) throws X {
        Objects.requireNonNull(mayThrow, "mayThrow");
        return strand.switchTo(value);
    }

    /**
     * Continues this greenlet with an exception, thrown from the call that suspended it. An unstarted one dies without
     * running and the exception goes on to its parent; so does one thrown into a dead greenlet. On that way a
     * {@link GreenletExit} becomes a value. Thrown into the current greenlet it is simply thrown. A switch point.
     *
     * @param exception what is thrown there, the identical object
     * @return what some greenlet delivers when it switches back to the caller
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public @Nullable Object throwInto(Throwable exception) {
        Objects.requireNonNull(exception, "exception");
        return strand.throwInto(exception);
    }

    /**
     * Throws a new {@link GreenletExit} into this greenlet, which kills it unless its body catches that. A switch point.
     *
     * @return what some greenlet delivers when it switches back to the caller: the exit itself, if this greenlet dies of
     *     it and the caller is its parent
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public @Nullable Object throwInto() {
        return strand.throwInto(new GreenletExit());
    }

    /**
     * Throws like {@link #throwInto(Throwable)} and lets the caller catch a checked exception that arrives meanwhile. A
     * switch point.
     *
     * @param <X> the exception that the caller wants to catch
     * @param exception what is thrown in this greenlet
     * @param mayThrow the exception that the caller wants to catch
     * @return what some greenlet delivers when it switches back to the caller
     * @throws X if a greenlet dies of it or throws it into the caller
     * @throws GreenletException.WrongThread if this greenlet belongs to another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    public <X extends Throwable> @Nullable Object throwInto(Throwable exception, Class<X> mayThrow) throws X {
        Objects.requireNonNull(exception, "exception");
        Objects.requireNonNull(mayThrow, "mayThrow");
        return strand.throwInto(exception);
    }

    /**
     * Returns where control goes when this greenlet dies. Not a switch point.
     *
     * @return the parent, or null for a main greenlet
     */
    public @Nullable Greenlet parent() {
        Strand parent = strand.parent();
        return parent == null ? null : handle(parent);
    }

    /**
     * Says where control goes when this greenlet dies. Allowed at any time, effective at death. An unstarted greenlet
     * belongs to its parent's thread, and so may be given to another thread this way; taking one from another thread
     * stops that thread for a moment, as reading its stack does. No switch point of greenlets; in a hub's green thread
     * taking one from a virtual thread, or while another thread moves one, may be one of the hub's.
     *
     * @param parent the new parent
     * @throws GreenletException.CyclicParent if the new parent is this greenlet or descends from it
     * @throws GreenletException.WrongThread if this greenlet has started and the new parent belongs to another thread,
     *     or neither belongs to the calling thread
     * @throws GreenletException.MainGreenlet if this is a main greenlet
     */
    public void setParent(Greenlet parent) {
        strand.setParent(Objects.requireNonNull(parent, "parent").strand);
    }

    /**
     * Returns the state that this greenlet was in a moment ago. Not a switch point.
     *
     * @return the state; only on its own thread does it stay true until the next switch point
     */
    public GreenletState state() {
        return strand.state();
    }

    /**
     * Tells whether this greenlet has ended, or its thread has. An unstarted one is not dead. Not a switch point.
     *
     * @return true if it will never run again
     */
    public boolean isDead() {
        return strand.state() == GreenletState.DEAD;
    }

    /**
     * Returns the name that it was created with. Not a switch point.
     *
     * @return its name; {@code main} for a thread's main greenlet
     */
    public String name() {
        return strand.name();
    }

    /**
     * Ends this greenlet. A suspended one gets a {@link GreenletExit}, which runs its finally blocks, and control comes
     * back here whoever its parent is; an unstarted one never runs; a dead one is left alone. Closing the current one
     * throws the exit here. A switch point.
     *
     * @throws GreenletException.WrongThread if it belongs to another thread
     * @throws GreenletException.MainGreenlet if it is a main one
     * @throws GreenletException.StillAlive if it caught the exit and switched away
     */
    @Override
    public void close() {
        strand.close();
    }

    /**
     * Returns the frames of a suspended greenlet; its owner cannot resume it while they are read. May be called from any
     * thread. Not a switch point.
     *
     * @return innermost frame first; empty if it is not suspended at this moment, is being read by another thread, or is
     *     a main greenlet (its frames are its thread's)
     */
    public List<StackTraceElement> stackTrace() {
        return strand.stackTrace();
    }

    /**
     * Returns the living greenlets of this one's thread: the main one first, then all that have started and are not dead.
     * May be called from any thread; then it is what was true a moment ago. Not a switch point.
     *
     * @return the greenlets; parents and names say how they hang together
     */
    public List<Greenlet> tree() {
        return strand.tree().stream().map(Handles::of).toList();
    }

    /**
     * Sets the calling thread's listener. Not a switch point.
     *
     * @param listener told of each transfer of control from now on, or null for none
     * @return the listener before, or null
     */
    public static @Nullable SwitchListener setSwitchListener(@Nullable SwitchListener listener) {
        return Tree.ofThisThread().setListener(listener);
    }

    /**
     * Returns the calling thread's listener. Not a switch point.
     *
     * @return the listener, or null
     */
    public static @Nullable SwitchListener switchListener() {
        return Tree.ofThisThread().listener();
    }

    @Override
    public String toString() {
        return "Greenlet[" + strand.describe() + "]";
    }
}
