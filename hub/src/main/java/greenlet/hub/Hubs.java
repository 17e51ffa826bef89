package greenlet.hub;

import greenlet.hub.internal.jdk.HubBinding;
import greenlet.hub.internal.jdk.JdkPollers;
import greenlet.hub.internal.jdk.ProcessSignal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What concerns all hubs of the JVM.
 *
 * {@snippet :
 * public static void main(String[] args) {
 *     Hubs.install();              // before anything uses a socket
 *     Hub.run(() -> serve(args));
 * }
 * }
 *
 * <p>Safe for use from any thread.
 */
public final class Hubs {
    private Hubs() {}

    /**
     * Prepares the JVM for hubs, so that each has its own epoll to wait for sockets in. Opening the first hub does the same;
     * call this first in {@code main} if any virtual thread may block on a socket before that, because then it is too late: hubs
     * use the JDK's pollers instead, which works alike and costs more CPU a request. That is logged once, by the
     * {@link System.Logger} {@code greenlet.hub}. Threads outside hubs keep the JDK's pollers in either case. Blocks for some
     * milliseconds the first time. Not a switch point.
     *
     * @return how hubs of this JVM wait for sockets
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static Polling install() {
        String refusal = HubBinding.refusal();
        if (refusal != null) {
            throw new HubUnavailableException(refusal);
        }
        String fallback = JdkPollers.settle();
        return fallback == null ? new Polling.OwnEpoll() : new Polling.JdkPollers(fallback);
    }

    /**
     * The hubs of this JVM that have been opened and not closed. Not a switch point.
     *
     * @return by name
     */
    public static List<Hub> all() {
        return OpenHubs.all();
    }

    /**
     * From now on has each of them dumped when the process gets a signal. Calls later in the life of the JVM replace earlier ones for the same
     * signal. Not a switch point.
     *
     * @param signal its name without {@code SIG}: {@code USR1} or {@code HUP}; the JVM keeps {@code QUIT} and {@code USR2} for itself
     * @param receiver told the dump of each hub, on a platform thread
     * @throws IllegalArgumentException if there is no such signal here, or the JVM keeps it for itself
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static void dumpOnSignal(String signal, Consumer<? super HubDump> receiver) {
        String refusal = HubBinding.refusal();
        if (refusal != null) {
            throw new HubUnavailableException(refusal);
        }
        try {
            ProcessSignal.handle(signal, () -> all().forEach(hub -> receiver.accept(hub.dump())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot dump on signal '" + signal + "': " + e.getMessage() + ". Use USR1 or HUP.", e);
        }
    }

    /**
     * Runs a body on a platform thread outside the hub and waits for it: for calls that would hold up the other green threads because
     * nobody notices that they block (reading a FIFO, {@code Files.walk}, native code), and for long computations. A switch point.
     *
     * <p>The body runs beside the hub's green threads: it must not touch what they share. If the caller is interrupted or
     * killed, the body's thread is interrupted and this throws at once, while the body may still run for a while. At most 256 bodies run
     * at a time; further ones wait.
     *
     * @param body what to run
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object
     * @throws InterruptedException if the caller is interrupted while it waits
     */
    public static <T extends @Nullable Object, X extends Throwable> T offload(Body<T, X> body)
            throws X, InterruptedException {
        try {
            return Offload.run(body);
        } catch (Throwable thrown) { // the body's, or one of those declared
            throw Hubs.<RuntimeException>identical(thrown);
        }
    }

    /**
     * Like {@link #offload(Body)}, on threads of another's: a pool of the size that suits a computation, or an engine's executor. A switch
     * point.
     *
     * @param executor runs the body on a thread that is not of the caller's hub
     * @param body what to run
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw, the identical object
     * @throws InterruptedException if the caller is interrupted while it waits
     * @throws java.util.concurrent.RejectedExecutionException if the executor refuses the body
     */
    public static <T extends @Nullable Object, X extends Throwable> T offload(Executor executor, Body<T, X> body)
            throws X, InterruptedException {
        try {
            return Offload.run(executor, body);
        } catch (Throwable thrown) { // the body's, or one of those declared
            throw Hubs.<RuntimeException>identical(thrown);
        }
    }

    /**
     * Has the JDK load and initialise on a platform thread what takes long when it is first used: sockets, name look-ups, TLS and the
     * HTTP client, half a second and more in all. Without it the first green thread that uses one of these holds up the others
     * meanwhile. A switch point.
     *
     * @throws InterruptedException if the caller is interrupted while it waits
     */
    public static void warmUp() throws InterruptedException {
        try {
            Hubs.<@Nullable Void, IOException>offload(() -> {
                WarmUp.run();
                return null;
            });
        } catch (IOException e) {
            // No loopback network to try: what could be loaded is loaded, and whoever uses the rest gets the error.
        }
    }

    /**
     * Has classes initialised on a platform thread, those whose initialisers take long or block. A switch point.
     *
     * @param first a class
     * @param more further ones
     * @throws InterruptedException if the caller is interrupted while it waits
     * @throws ExceptionInInitializerError if an initialiser throws
     */
    public static void warmUp(Class<?> first, Class<?>... more) throws InterruptedException {
        List<Class<?>> classes = new ArrayList<>();
        classes.add(first);
        classes.addAll(List.of(more));
        Hubs.<@Nullable Void, RuntimeException>offload(() -> {
            WarmUp.initialise(classes);
            return null;
        });
    }

    /**
     * Opens as many hubs as the JVM has processors. Not a switch point.
     *
     * @return the hubs, to be closed
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static HubSet perCore() {
        return HubSet.open(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Opens so many hubs. Not a switch point.
     *
     * @param count how many
     * @return the hubs, to be closed
     * @throws IllegalArgumentException if the count is not positive
     * @throws HubUnavailableException if hubs do not work in this JVM
     */
    public static HubSet perCore(int count) {
        return HubSet.open(count);
    }

    /** Throws any throwable as it is: the callers declare what their bodies may throw. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X identical(Throwable failure) throws X {
        throw (X) failure;
    }
}
