package greenlet.hub;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A limit to the time that a block of a green thread may take. When it expires the block is interrupted, once; if the block ends with an
 * exception then, that becomes a {@link TimedOutException} which says whose limit it was.
 *
 * {@snippet :
 * Timeout patience = Timeout.of(Duration.ofSeconds(2));
 * try {
 *     return patience.run(() -> ask(server));
 * } catch (TimedOutException e) {
 *     if (e.timeout() != patience) throw e;   // somebody else's, further in
 *     return unknown;
 * }
 * }
 *
 * <p>A block that returns has done its work, and its value is returned, also when it took longer. An exception that is not the
 * timeout's doing, because it came before, passes as the identical object; so does every {@link Error}, and everything once the green
 * thread has been killed.
 *
 * <p><b>Interrupts.</b> After the block the interrupt that the timeout made is gone, whether the block noticed it or not, or noticed it and set
 * the status again. An interrupt from elsewhere that came first is left alone; the timeout waits until somebody has taken it. One that comes
 * after the timeout's has been taken stays if the block ends with {@link InterruptedException} and has switched since its time was up; else
 * the two are one, as two interrupts always are to the JDK. Where it stays, so does a status that the block set again itself: nobody can
 * tell them apart, and one interrupt too many is better than one too few. A kill is never lost. Nested timeouts interrupt one
 * after another, so that each block gets its own.
 *
 * <p><b>Sockets.</b> As at every interrupt of a virtual thread, the JDK closes the socket or channel that is being read, written or
 * connected when the timeout expires. Where it shall survive, use the socket's own timeout instead ({@link java.net.Socket#setSoTimeout},
 * {@link java.net.Socket#connect(java.net.SocketAddress, int)}, {@code HttpRequest.Builder.timeout}, the driver's {@code socketTimeout}).
 *
 * <p>Code that swallows the interrupt goes on; a block that must end is to be a green thread that is {@linkplain GreenThread#kill()
 * killed}, which repeats. Code that never waits is not interrupted at all. {@code Lock.lock()} and {@code synchronized} do not answer interrupts.
 *
 * <p>Reusable for one block after another. Confined to its hub's carrier thread while a block runs.
 */
public final class Timeout {
    private final Duration limit;
    private boolean running;

    private Timeout(Duration limit) {
        this.limit = limit;
    }

    /**
     * Makes a timeout. Its time begins with {@link #run(Body)}. Not a switch point.
     *
     * @param limit how long a block may take; zero interrupts it at its first wait
     * @return the timeout
     * @throws IllegalArgumentException if the limit is negative
     */
    public static Timeout of(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("Cannot make a timeout of " + limit
                    + ": it is negative. Use Duration.ZERO to interrupt the first wait.");
        }
        return new Timeout(limit);
    }

    /**
     * How long a block may take. Not a switch point.
     *
     * @return the limit
     */
    public Duration limit() {
        return limit;
    }

    /**
     * Runs a block for so long at most. A switch point if the block has one.
     *
     * @param block the block
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the block returned
     * @throws X what the block threw by itself, the identical object
     * @throws TimedOutException if the time was up and the block threw, with that as cause
     * @throws IllegalStateException if the caller is no green thread, or this timeout is running already
     */
    public <T extends @Nullable Object, X extends Throwable> T run(Body<T, X> block) throws X {
        GreenThread<?> self = GreenThread.current();
        if (running) {
            throw new IllegalStateException("Cannot run a block under the timeout of " + limit + " in green thread '"
                    + self.name() + "': another block runs under it. Use one Timeout for each block.");
        }
        Deadline deadline = Deadline.begin(self, limit);
        running = true;
        T value;
        try {
            value = block.run();
        } catch (Throwable thrown) { // passes, or is the cause of what is thrown instead
            boolean interrupted = deadline.endWith(thrown);
            if (interrupted && !(thrown instanceof Error) && !self.isKilled()) {
                throw new TimedOutException(this, deadline.elapsed(), thrown);
            }
            throw thrown;
        } finally {
            deadline.end();
            running = false;
        }
        return value;
    }

    /**
     * Like {@link #run(Body)} for a block without a value. A switch point if the block has one.
     *
     * @param block the block
     * @param <X> what it may throw
     * @throws X what the block threw by itself, the identical object
     * @throws TimedOutException if the time was up and the block threw, with that as cause
     * @throws IllegalStateException if the caller is no green thread, or this timeout is running already
     */
    public <X extends Throwable> void run(Action<X> block) throws X {
        this.<@Nullable Void, X>run(() -> {
            block.run();
            return null;
        });
    }

    /**
     * Like {@link #run(Body)}, with a value for the case that this timeout, and no other, expires. A switch point if the block has one.
     *
     * @param otherwise the value if the time is up
     * @param block the block
     * @param <T> the type of the value
     * @param <X> what it may throw
     * @return what the block returned, or the other value
     * @throws X what the block threw by itself, the identical object
     * @throws IllegalStateException if the caller is no green thread, or this timeout is running already
     */
    public <T extends @Nullable Object, X extends Throwable> T runOrElse(T otherwise, Body<T, X> block) throws X {
        try {
            return run(block);
        } catch (TimedOutException e) {
            if (e.timeout() != this) {
                throw e;
            }
            return otherwise;
        }
    }

    @Override
    public String toString() {
        return "Timeout[" + limit + (running ? ", running]" : "]");
    }
}
