package greenlet.hub;

import greenlet.hub.time.HubClock;
import greenlet.hub.time.SystemClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How a hub is to be opened, for those whom the defaults do not suit.
 *
 * {@snippet :
 * try (Hub hub = Hub.builder().name("web").grace(Duration.ofSeconds(30)).start()) {
 *     hub.spawn(server::accept).join();
 * }
 * }
 *
 * <p>Not safe for use from several threads at once.
 */
public final class HubBuilder {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
    private static final Duration DEFAULT_HAND_OFF_AFTER = Duration.ofMillis(1);
    private static final long LEAST_CARRIER_STACK_BYTES = 256L << 10;
    private static final long MOST_CARRIER_STACK_BYTES = 1L << 30;

    private @Nullable String name;
    private Duration grace = DEFAULT_GRACE;
    private Thread.@Nullable UncaughtExceptionHandler uncaught;
    private Duration handOffAfter = DEFAULT_HAND_OFF_AFTER;
    private boolean recordsSpawns;
    private @Nullable Watch watch;
    private HubClock clock = new SystemClock();
    private long carrierStackBytes;

    HubBuilder() {}

    /**
     * Names the hub. Default: {@code hub-N}. Not a switch point.
     *
     * @param newName the name, which its threads and its group in a thread dump carry
     * @return this
     */
    public HubBuilder name(String newName) {
        name = Objects.requireNonNull(newName);
        return this;
    }

    /**
     * How long {@link Hub#close()} waits for spawned green threads before it kills, and then for the killed to end. Default: 5 s.
     * Not a switch point.
     *
     * @param newGrace zero or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public HubBuilder grace(Duration newGrace) {
        if (newGrace.isNegative()) {
            throw new IllegalArgumentException("Cannot give a hub a grace of " + newGrace
                    + ": it is negative. Use Duration.ZERO to kill at once.");
        }
        grace = newGrace;
        return this;
    }

    /**
     * Who is told of what green threads throw, of callbacks that throw and of failures inside the hub. It is called in a
     * green thread of the hub and may block. Default: the thread's own handler, then the JVM's, which prints. Not a switch point.
     *
     * @param newHandler the handler
     * @return this
     */
    public HubBuilder uncaught(Thread.UncaughtExceptionHandler newHandler) {
        uncaught = Objects.requireNonNull(newHandler);
        return this;
    }

    /**
     * How long a call that blocks the operating system's thread ({@code System.in.read}, a process's output, a name look-up) may
     * last before another carrier takes over and the other green threads go on. Default: 1 ms. Zero hands over at once, which
     * costs a switch of carriers for each {@code println}. It is looked at in steps of this length, in longer ones after many short calls;
     * {@code docs/blocking-calls.md} lists the calls that cannot be noticed. Not a switch point.
     *
     * @param newDelay zero or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public HubBuilder handOffAfter(Duration newDelay) {
        if (newDelay.isNegative()) {
            throw new IllegalArgumentException("Cannot hand a hub over after " + newDelay
                    + ": it is negative. Use Duration.ZERO to hand over at once.");
        }
        handOffAfter = newDelay;
        return this;
    }

    /**
     * How large a stack the hub's carriers have, which bounds how deep its green threads can recurse. Default: at least what the
     * main thread has, which is 2 MiB or what {@code -Xss} says if that is more. Memory is used only as far as a green thread goes
     * while it runs; what a waiting one occupies lies in the heap. Not a switch point.
     *
     * @param bytes from 256 KiB to 1 GiB, in bytes
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public HubBuilder carrierStackBytes(long bytes) {
        if (bytes < LEAST_CARRIER_STACK_BYTES || bytes > MOST_CARRIER_STACK_BYTES) {
            throw new IllegalArgumentException("Cannot give a hub's carriers a stack of " + bytes + " bytes: use "
                    + LEAST_CARRIER_STACK_BYTES + " (256 KiB) to " + MOST_CARRIER_STACK_BYTES + " (1 GiB).");
        }
        carrierStackBytes = bytes;
        return this;
    }

    /**
     * Notes for each green thread who spawned it and where, for {@link Hub#dump()}. Costs some microseconds a spawn and the memory of up to
     * 16 frames a green thread. Default: no. Not a switch point.
     *
     * @return this
     */
    public HubBuilder recordSpawns() {
        recordsSpawns = true;
        return this;
    }

    /**
     * Has the hub watched. Default: it is not. Not a switch point.
     *
     * @param newWatch what is noticed and who is told
     * @return this
     */
    public HubBuilder watch(Watch newWatch) {
        watch = Objects.requireNonNull(newWatch);
        return this;
    }

    /** For tests: another clock. */
    HubBuilder clock(HubClock newClock) {
        clock = newClock;
        return this;
    }

    /**
     * Opens the hub; see {@link Hub#start()}. Not a switch point.
     *
     * @return the open hub
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public Hub start() {
        return Hub.open(this);
    }

    /**
     * Runs a body on a hub of its own; see {@link Hub#run(Body)}. A switch point.
     *
     * @param main the body
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public <T extends @Nullable Object, X extends Throwable> T run(Body<T, X> main) throws X {
        return MainCall.call(start(), main, MainCall.Rest.IS_AWAITED);
    }

    /**
     * Runs a body on a hub of its own; see {@link Hub#runUntilMainEnds(Body)}. A switch point.
     *
     * @param main the body
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public <T extends @Nullable Object, X extends Throwable> T runUntilMainEnds(Body<T, X> main) throws X {
        return MainCall.call(start(), main, MainCall.Rest.IS_KILLED);
    }

    String hubName() {
        String chosen = name;
        return chosen == null ? "hub-" + NUMBER.incrementAndGet() : chosen;
    }

    Duration hubGrace() {
        return grace;
    }

    Thread.@Nullable UncaughtExceptionHandler handler() {
        return uncaught;
    }

    long handOffNanos() {
        return Closing.nanos(handOffAfter);
    }

    /** Zero for the default. */
    long hubCarrierStackBytes() {
        return carrierStackBytes;
    }

    @Nullable
    Watch hubWatch() {
        return watch;
    }

    /** Whether origins are noted; loads what that needs, which must not happen in the middle of a start. */
    boolean hubRecordsSpawns() {
        if (recordsSpawns) {
            Origins.here();
        }
        return recordsSpawns;
    }

    HubClock hubClock() {
        return clock;
    }
}
