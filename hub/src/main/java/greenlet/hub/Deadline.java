package greenlet.hub;

import greenlet.hub.internal.jdk.Chore;
import greenlet.hub.internal.jdk.HubScheduler;
import greenlet.hub.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One block of a green thread under a {@link Timeout}: when its time is up it makes one interrupt, and at the block's end it takes that
 * interrupt, and no other, out again.
 *
 * <ul>
 *   <li>ARMED -> ARMED // time is up while an interrupt of somebody else is pending, or the thread is killed: looks again a little later
 *   <li>ARMED -> FIRED // time is up and no interrupt is pending: interrupts
 *   <li>ARMED -> ENDED // the block has ended; whatever of this is still under way finds that and does nothing
 *   <li>FIRED -> ENDED // the block has ended, and the interrupt is taken out if it is still, or again, there
 * </ul>
 *
 * <p>All transitions happen in turns of one hub, one after another: the timer fires on the carrier, the hub's usher interrupts (that runs code
 * which may block), the block's own thread ends. A thread in a call that blocks the operating system's thread comes back to its hub before it goes on,
 * so that none of them can overlap with a hand-off either. The usher may be switched out inside {@code interrupt}, closing a
 * channel, but only after the status is set.
 *
 * <p>The status is one bit: whose interrupt it shows is inferred. When this fired it was clear, so that everything up to then had been taken.
 * Hence, at the end of a block that fired:
 * <ul>
 *   <li>clear // taken by the block
 *   <li>set, and an enclosing deadline fired later than this // that one found it clear: this one's was taken, leave the other's
 *   <li>set, the block threw {@link InterruptedException}, and it has given up its turn since this fired // throwing that clears it: this
 *       one's was taken, and another thread may have made a second one; leave it
 *   <li>set otherwise // not noticed, or noticed and set again by who wrapped, swallowed or threw it on; take it out
 * </ul>
 *
 * <p>Without a turn given up nobody on the hub can have come between. Then a second interrupt is lost only if a thread outside made it in the
 * instant between the taking and the end, as is one between the firing and the taking.
 *
 * <p>Confined to its hub's carrier thread.
 */
final class Deadline extends Timer {
    private enum State {
        ARMED,
        FIRED,
        ENDED
    }

    /** While another's interrupt is pending the thread is looked at this often at first, ever more seldom later. */
    private static final long FIRST_LOOK_NANOS = 100_000;

    private static final int LONGEST_LOOK_SHIFT = 10;

    private static final ThreadLocal<Deadline> INNERMOST = new ThreadLocal<>();

    private final GreenThread<?> owner;
    private final Hub hub;
    private final @Nullable Deadline outer;
    private final long beginNanos;
    private final Chore expiring = new Chore(this::expire);
    private State state = State.ARMED;
    private long firedInTurn;
    private int looks;

    private Deadline(GreenThread<?> owner, @Nullable Deadline outer) {
        this.owner = owner;
        this.hub = owner.hub();
        this.outer = outer;
        this.beginNanos = hub.clock().nanos();
    }

    /** Begins a block of the calling green thread. All that it will need is made here, where there may be no memory for it. */
    static Deadline begin(GreenThread<?> self, Duration limit) {
        Deadline deadline = new Deadline(self, INNERMOST.get());
        deadline.hub.loop().reserveTimers(1);
        try {
            INNERMOST.set(deadline);
            deadline.hub.loop().setTimer(deadline, Closing.nanos(limit));
        } catch (Throwable noMemory) {
            deadline.end();
            throw noMemory;
        }
        return deadline;
    }

    /** On the carrier. */
    @Override
    protected void fire() {
        HubScheduler.of(owner.task()).post(expiring);
    }

    /** In the hub's usher. */
    private void expire() {
        if (state != State.ARMED) {
            return;
        }
        Thread thread = owner.thread();
        if (thread.isInterrupted() || owner.isKilled()) {
            hub.loop().setTimer(this, FIRST_LOOK_NANOS << Math.min(looks++, LONGEST_LOOK_SHIFT));
            return;
        }
        state = State.FIRED;
        firedInTurn = hub.switchCount();
        thread.interrupt();
    }

    /** The block has thrown; true if it had been interrupted by this. */
    boolean endWith(Throwable thrown) {
        return end(thrown instanceof InterruptedException);
    }

    /** The block has returned, or {@link #endWith} has been called. */
    void end() {
        end(false);
    }

    Duration elapsed() {
        return Duration.ofNanos(hub.clock().nanos() - beginNanos);
    }

    private boolean end(boolean byInterruptedException) {
        if (state == State.ENDED) {
            return false;
        }
        boolean fired = state == State.FIRED;
        state = State.ENDED;
        hub.loop().cancelTimer(this);
        hub.loop().releaseTimers(1);
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
        boolean mayBeAnothers = byInterruptedException && hasSwitchedSinceFired();
        if (fired && !mayBeAnothers && !owner.isKilled() && !anOuterFiredLater()) {
            Thread.interrupted();
        }
        return fired;
    }

    private boolean hasSwitchedSinceFired() {
        return owner.task().lastTurn() - firedInTurn > 0;
    }

    private boolean anOuterFiredLater() {
        for (Deadline each = outer; each != null; each = each.outer) {
            if (each.state == State.FIRED && each.firedInTurn - firedInTurn > 0) {
                return true;
            }
        }
        return false;
    }
}
