package greenlet.hub.poll;

import greenlet.hub.time.HubClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for input in the hub's own epoll, so that a green thread that blocks on a socket is woken by its own carrier and no
 * other thread takes part.
 *
 * <p>The kernel watches a descriptor on and on, edge-triggered ({@link Epoll#EDGE}): waiting for it again costs no system call. Nobody says when a
 * descriptor is closed and its number is another's, so that "the kernel watches it" is only a belief, held for the thread that waited there last and has
 * been told some times. It is good enough to wait on for a moment, in which most often the event comes. A wait that is still {@linkplain Unproven unproven} when nothing has happened
 * for a millisecond, or in a busy hub after a few, is proved: the kernel is asked to watch the descriptor, which says if it did not, and reports
 * the descriptor if it is ready. So what a belief can cost is that moment, never a wait without an end: not if a number was used anew, nor if an event
 * came when nobody waited. Everybody who waits tries the call again when told, so that being told in vain does no harm. Reader and writer of one
 * descriptor share one entry. What is waited for when the poller is closed goes to {@link Heir}.
 *
 * <p>With nothing to watch, the carrier is parked instead, which is cheaper to end than a wait in the kernel.
 *
 * <p>Confined to its hub's carrier thread, but for {@link #wakeUp} and {@link #counts}.
 */
public final class EpollPoller implements HubPoller {
    /** What to watch a descriptor for. */
    public enum Side {
        /** Input, or a connection to accept. */
        READ,
        /** Room for output, or a connection made. */
        WRITE
    }

    /** Who watches the descriptors of green threads that outlive their hub. */
    @FunctionalInterface
    public interface Heir {
        /**
         * Takes a descriptor over.
         *
         * @param descriptor the descriptor
         * @param waiter who was to be told
         * @throws IOException if it cannot; the waiter is then told at once, tries its call again and fails itself
         */
        void inherit(int descriptor, IntConsumer waiter) throws IOException;
    }

    /**
     * System calls of one poller so far.
     *
     * @param waits waits in the kernel, those of zero length included
     * @param controls changes of the watched set
     * @param events descriptors reported
     */
    public record Counts(long waits, long controls, long events) {}

    /** The kernel waits in whole milliseconds; the rest of a timed wait is slept in pieces of this length, between looks at the input. */
    private static final long NAP_NANOS = 100_000;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SMALLEST_TABLE = 64;
    private static final int SIDES = 2;

    /** One more event that nobody waits for, and the kernel no longer watches the descriptor. */
    private static final byte UNWANTED = 0x40;

    /** So many events make a descriptor one to be believed in. */
    static final byte TRUSTED = 4;

    private static final byte WATCHED = Epoll.READABLE | Epoll.WRITABLE;

    private static final VarHandle TALLY = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int WAITS = 0;
    private static final int CONTROLS = 1;
    private static final int EVENTS = 2;

    private final Epoll epoll;
    private final Heir heir;
    private final ParkingPoller parking = new ParkingPoller();

    /** Where the coming wait takes place; written by the carrier before it says that it is idle, read by those who wake it. */
    private volatile boolean waitsInKernel;

    /** Whether the carrier sleeps between looks at the input. */
    private volatile boolean naps;

    // The carrier that has the turn.
    private @Nullable IntConsumer[] waiters = new @Nullable IntConsumer[SIDES * SMALLEST_TABLE];

    /** By descriptor, what the kernel is believed to watch it for; {@link #UNWANTED} too if its last event found nobody. */
    private byte[] believed = new byte[SMALLEST_TABLE];

    /** By slot, the thread that waited last. Another one that waits asks the kernel: a new connection's thread meets no belief of an earlier one. */
    private long[] lastWaiters = new long[SIDES * SMALLEST_TABLE];

    /** By slot, how many of its waits have been settled by an event, {@link #TRUSTED} at most: short-lived connections never earn belief. */
    private byte[] earned = new byte[SIDES * SMALLEST_TABLE];

    private final Unproven unproven;
    private int pending;
    private boolean closed;

    /** Who registered last, and where: what a thread waits for that turns out to be unable to leave its carrier. */
    private @Nullable Thread lastRegistrant;

    private int lastSlot;

    /** Written by that carrier with opaque stores: readers elsewhere need recent values, not an order. */
    private final long[] tallies = new long[3];

    /**
     * Makes a poller.
     *
     * @param epoll an open instance, closed with this
     * @param heir who inherits at the end
     * @param clock says how long a wait has been unproven
     */
    public EpollPoller(Epoll epoll, Heir heir, HubClock clock) {
        this.epoll = epoll;
        this.heir = heir;
        this.unproven = new Unproven(clock, this::prove);
    }

    /**
     * Watches a descriptor until it is ready, once.
     *
     * @param descriptor the descriptor, for which nobody waits on that side
     * @param side what to watch for
     * @param waiter told on the carrier; neither blocks nor throws
     * @return false if the kernel refuses or this is closed: watch it elsewhere
     */
    public boolean register(int descriptor, Side side, IntConsumer waiter) {
        if (closed) {
            return false;
        }
        int slot = slot(descriptor, side);
        if (slot >= waiters.length) {
            grow(Math.max(SIDES * (descriptor + 1), 2 * waiters.length));
        }
        long self = Thread.currentThread().threadId();
        if (lastWaiters[slot] != self) {
            lastWaiters[slot] = self;
            earned[slot] = 0;
        }
        boolean isBelieved = (believed[descriptor] & event(slot)) != 0 && earned[slot] == TRUSTED;
        if (isBelieved) {
            unproven.add(slot, waiters.length);
        }
        waiters[slot] = waiter;
        pending++;
        if (!isBelieved && !watch(descriptor)) {
            waiters[slot] = null;
            pending--;
            return false;
        }
        lastRegistrant = Thread.currentThread();
        lastSlot = slot;
        return true;
    }

    /** All tables or, for want of memory, none: they are looked into as if they were one. */
    private void grow(int slots) {
        @Nullable IntConsumer[] newWaiters = Arrays.copyOf(waiters, slots);
        byte[] newBelieved = Arrays.copyOf(believed, slots / SIDES);
        long[] newLastWaiters = Arrays.copyOf(lastWaiters, slots);
        earned = Arrays.copyOf(earned, slots);
        lastWaiters = newLastWaiters;
        believed = newBelieved;
        waiters = newWaiters;
    }

    /**
     * Hands what a thread registered just before to the {@link Heir}, because the carrier will not look for input while it waits.
     *
     * @param registrant the thread that is about to wait
     */
    public void bequeathLast(Thread registrant) {
        IntConsumer waiter = waiters[lastSlot];
        if (lastRegistrant == registrant && waiter != null) {
            int descriptor = lastSlot / SIDES;
            deregister(descriptor, lastSlot % SIDES == 0 ? Side.READ : Side.WRITE);
            bequeath(descriptor, waiter);
        }
    }

    /**
     * Stops watching a descriptor, if this watches it.
     *
     * @param descriptor the descriptor
     * @param side what it was watched for
     * @return true if it was watched here and had not been reported
     */
    public boolean deregister(int descriptor, Side side) {
        int slot = slot(descriptor, side);
        if (slot >= waiters.length || waiters[slot] == null) {
            return false;
        }
        waiters[slot] = null;
        pending--;
        unproven.settle(slot);
        if (!isAwaited(descriptor)) {
            unwatch(descriptor);
        }
        return true;
    }

    @Override
    public void prepareToWait() {
        boolean inKernel = pending > 0;
        parking.prepareToWait();
        if (waitsInKernel != inKernel) {
            waitsInKernel = inKernel;
        }
    }

    @Override
    public void await(long nanos) {
        if (!waitsInKernel) {
            parking.await(nanos);
            return;
        }
        if (nanos < NANOS_PER_MILLI) {
            if (poll(0) == 0 && !epoll.wasSignalled()) {
                nap(Math.min(nanos, NAP_NANOS));
            }
        } else if (unproven.count() == 0) {
            poll(nanos == FOREVER ? -1 : (int) Math.min(nanos / NANOS_PER_MILLI, Integer.MAX_VALUE));
        } else if (poll(1) == 0 && !epoll.wasSignalled()) {
            unproven.proveAll(); // and the caller comes back to wait
        }
    }

    private void nap(long nanos) {
        naps = true;
        parking.await(nanos);
        naps = false;
    }

    @Override
    public void wakeUp() {
        if (!waitsInKernel) {
            parking.wakeUp();
            return;
        }
        epoll.signal();
        if (naps) {
            parking.wakeUp();
        }
    }

    @Override
    public boolean hasPending() {
        return pending > 0;
    }

    @Override
    public void pollNow() {
        poll(0);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        lastRegistrant = null;
        for (int slot = 0; slot < waiters.length && pending > 0; slot++) {
            IntConsumer waiter = waiters[slot];
            if (waiter != null) {
                waiters[slot] = null;
                pending--;
                bequeath(slot / SIDES, waiter);
            }
        }
        epoll.close();
    }

    /**
     * The system calls so far, slightly old when read from outside the hub.
     *
     * @return the counts
     */
    public Counts counts() {
        return new Counts((long) TALLY.getOpaque(tallies, WAITS), (long) TALLY.getOpaque(tallies, CONTROLS), (long)
                TALLY.getOpaque(tallies, EVENTS));
    }

    private void bequeath(int descriptor, IntConsumer waiter) {
        try {
            heir.inherit(descriptor, waiter);
        } catch (IOException refused) {
            waiter.accept(descriptor);
        }
    }

    private int poll(int millis) {
        count(WAITS, 1);
        int reported;
        try {
            reported = epoll.await(millis);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The hub's epoll failed while it had descriptors to watch: please report this as a bug", e);
        }
        for (int i = 0; i < reported; i++) {
            report(epoll.descriptor(i), epoll.events(i));
        }
        count(EVENTS, reported);
        unproven.proveOld();
        return reported;
    }

    /**
     * Tells who waits; an error or a hang-up concerns both sides, and is the last that one believes of a descriptor. That the peer writes no more is for the reader: a
     * writer without room would be told of it at each wait, at once. One that nobody waits for
     * any more is given up at its second event: whoever else uses it shall not wake this hub.
     */
    private void report(int descriptor, int bits) {
        boolean told = tell(descriptor, Side.READ, bits & ~Epoll.WRITABLE);
        told |= tell(descriptor, Side.WRITE, bits & ~(Epoll.READABLE | Epoll.HUNG_UP));
        if (descriptor >= believed.length) {
            return; // never ours
        }
        byte belief = believed[descriptor];
        if ((bits & ~WATCHED) != 0) {
            believed[descriptor] = 0;
        } else if (told || isAwaited(descriptor)) {
            believed[descriptor] = (byte) (belief & WATCHED);
        } else if ((belief & UNWANTED) != 0 || belief == 0) {
            unwatch(descriptor);
        } else {
            believed[descriptor] = (byte) (belief | UNWANTED);
        }
    }

    private boolean tell(int descriptor, Side side, int bits) {
        int slot = slot(descriptor, side);
        IntConsumer waiter = slot < waiters.length ? waiters[slot] : null;
        if (bits == 0 || waiter == null) {
            return false;
        }
        waiters[slot] = null;
        pending--;
        unproven.settle(slot);
        earned[slot] = (byte) Math.min(earned[slot] + 1, TRUSTED);
        waiter.accept(descriptor);
        return true;
    }

    /** Whoever cannot be watched for tries the call again, waits again and gets the kernel's error as an exception of its own. */
    private void prove(int slot) {
        int descriptor = slot / SIDES;
        if (waiters[slot] != null && !watch(descriptor)) {
            tell(descriptor, Side.READ, 1);
            tell(descriptor, Side.WRITE, 1);
        }
    }

    /** Has the kernel watch a descriptor for what is waited for and for what it has been watched for, from now on; it reports what is ready already. */
    private boolean watch(int descriptor) {
        int wanted = (waiters[slot(descriptor, Side.READ)] == null ? 0 : Epoll.READABLE)
                | (waiters[slot(descriptor, Side.WRITE)] == null ? 0 : Epoll.WRITABLE)
                | (believed[descriptor] & WATCHED);
        int error = control(Epoll.MODIFY, descriptor, wanted | Epoll.HUNG_UP | Epoll.EDGE);
        if (error == Epoll.NOT_THERE) {
            earned[slot(descriptor, Side.READ)] = 0;
            earned[slot(descriptor, Side.WRITE)] = 0;
            error = control(Epoll.ADD, descriptor, wanted | Epoll.HUNG_UP | Epoll.EDGE);
        }
        believed[descriptor] = (byte) (error == 0 ? wanted : 0);
        return error == 0;
    }

    private void unwatch(int descriptor) {
        believed[descriptor] = 0;
        control(Epoll.DELETE, descriptor, 0);
    }

    private int control(int operation, int descriptor, int events) {
        count(CONTROLS, 1);
        return epoll.control(operation, descriptor, events);
    }

    private void count(int tally, long more) {
        TALLY.setOpaque(tallies, tally, tallies[tally] + more);
    }

    private static int event(int slot) {
        return slot % SIDES == 0 ? Epoll.READABLE : Epoll.WRITABLE;
    }

    private boolean isAwaited(int descriptor) {
        int slot = slot(descriptor, Side.READ);
        return slot < waiters.length && (waiters[slot] != null || waiters[slot + 1] != null);
    }

    private static int slot(int descriptor, Side side) {
        return SIDES * descriptor + (side == Side.READ ? 0 : 1);
    }
}
