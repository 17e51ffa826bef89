package greenlet.hub;

import greenlet.GreenletExit;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections from the kernel while the server has room for them. In a green thread of its own.
 *
 * <p>It waits in a selector and not in {@code accept}: a virtual thread that is to stop waiting there must be interrupted, which closes the
 * listening socket and resets whoever the kernel has accepted meanwhile. A selector is woken without harm.
 *
 * <p>Confined to its hub's carrier thread, but for {@link #closeAll}.
 */
final class Acceptor {
    /** After so many the others have their turns. */
    static final int MOST_IN_A_ROW = 64;

    /** What is short stays so for a while, and the log need not say so at each try. */
    private static final long QUIET_NANOS = 60_000_000_000L;

    private static final System.Logger LOGGER = System.getLogger("greenlet.hub");

    private final StreamServer server;
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Pool pool;
    private final int backlog;
    private final Backoff backoff = new Backoff();
    private boolean stopping;
    private long quietUntilNanos;

    /** Keeps one descriptor for when there is none left. */
    private @Nullable DatagramChannel spare;

    /** The acceptor's thread while it waits in a way that an interrupt ends without harm. */
    private @Nullable Thread pausing;

    Acceptor(StreamServer server, ServerSocketChannel listener, Pool pool, int backlog) throws IOException {
        this.server = server;
        this.listener = listener;
        this.pool = pool;
        this.backlog = backlog;
        this.quietUntilNanos = server.hub().clock().nanos();
        listener.configureBlocking(false);
        this.selector = Selector.open();
        try {
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (Throwable failed) {
            closeQuietly(selector);
            throw failed;
        }
        this.spare = openSpare();
    }

    /** Until it is told to stop, or killed. Whom the kernel had accepted by then is served. */
    void run() throws IOException {
        List<SocketChannel> last;
        try {
            while (!stopping) {
                awaitRoom();
                if (!stopping) {
                    selector.select();
                    selector.selectedKeys().clear();
                    heedInterrupt();
                    acceptSome();
                }
            }
            last = acceptWaiting();
        } finally {
            closeAll();
        }
        last.forEach(this::serve);
    }

    /** Closes what it holds. For one that will never run, from any thread. */
    void closeAll() {
        closeQuietly(listener);
        closeQuietly(selector);
        DatagramChannel last = spare;
        if (last != null) {
            closeQuietly(last);
        }
        server.onListenerClosed();
    }

    /** Has {@link #run} end. */
    void stop() {
        stopping = true;
        selector.wakeup();
        Thread thread = pausing;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The selector does not wait while one is pending, so that going on would never give another green thread a turn. */
    private void heedInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            GreenThread.requireAlive();
            stopping = true;
        }
    }

    private void acceptSome() {
        for (int i = 0; i < MOST_IN_A_ROW && pool.running() < pool.limit(); i++) {
            SocketChannel accepted = accept();
            if (accepted == null) {
                return;
            }
            serve(accepted);
        }
        GreenThread.yieldTurn();
    }

    /** Whom the kernel has accepted: to close the listener would reset them. */
    private List<SocketChannel> acceptWaiting() {
        List<SocketChannel> waiting = new ArrayList<>();
        while (waiting.size() <= backlog) { // Linux queues one more than it is told
            try {
                SocketChannel accepted = listener.accept();
                if (accepted == null) {
                    break;
                }
                waiting.add(accepted);
            } catch (IOException e) { // no descriptor left: these cannot be served
                server.counts().acceptErrors++;
                break;
            }
        }
        return waiting;
    }

    /** Null if nobody waits, or it failed, after a pause. */
    private @Nullable SocketChannel accept() {
        try {
            SocketChannel accepted = listener.accept();
            backoff.reset();
            return accepted;
        } catch (IOException | OutOfMemoryError e) {
            if (!listener.isOpen()) {
                stopping = true;
                return null;
            }
            onFailure(e);
            return null;
        }
    }

    /** What fails here is short of something, descriptors or memory, which others may give back. */
    private void onFailure(Throwable failure) {
        server.counts().acceptErrors++;
        long now = server.hub().clock().nanos();
        if (now - quietUntilNanos >= 0) {
            quietUntilNanos = now + QUIET_NANOS;
            warn(failure);
        }
        pause(() -> Thread.sleep(backoff.nextMillis()));
    }

    /**
     * Says so, with the spare descriptor freed for the logging: if that opens its configuration or the time zones for the first time
     * without one, they stay broken for ever.
     */
    private void warn(Throwable failure) {
        DatagramChannel freed = spare;
        spare = null;
        if (freed != null) {
            closeQuietly(freed);
        }
        try {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Cannot accept connections on {0}: {1}. Accepting goes on after pauses of {2} to {3} ms; if"
                            + " descriptors are short, allow fewer connections or raise the limit (ulimit -n).",
                    server.address(),
                    failure,
                    Backoff.FIRST_MILLIS,
                    Backoff.LONGEST_MILLIS);
        } catch (Throwable unsaid) { // logging may be short of the same; it is counted
            failure.addSuppressed(unsaid);
        }
        spare = openSpare();
    }

    private static @Nullable DatagramChannel openSpare() {
        try {
            return DatagramChannel.open();
        } catch (IOException e) {
            return null; // the last one was taken by somebody who needs it
        }
    }

    private void awaitRoom() {
        if (pool.running() >= pool.limit()) {
            pause(pool::awaitRoom);
        }
    }

    private void serve(SocketChannel accepted) {
        try {
            server.serve(accepted, pool);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            closeQuietly(accepted);
            if (server.hub().isClosing()) {
                stopping = true;
            } else {
                onFailure(e);
            }
        } catch (InterruptedException | GreenletExit e) { // killed while it waited for room
            closeQuietly(accepted);
            stopping = true;
        }
    }

    /** A wait that {@link #stop} may interrupt. Another's interrupt stops the acceptor too: the hub closes. */
    private void pause(Action<InterruptedException> wait) {
        pausing = Thread.currentThread();
        try {
            wait.run();
        } catch (InterruptedException e) {
            stopping = true;
        } finally {
            pausing = null;
        }
    }

    static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // It is of no use any more, and there is nobody to be told.
        }
    }

    /** Pauses that double until something succeeds. */
    static final class Backoff {
        static final long FIRST_MILLIS = 10;
        static final long LONGEST_MILLIS = 1000;

        private long next = FIRST_MILLIS;

        long nextMillis() {
            long millis = next;
            next = Math.min(2 * next, LONGEST_MILLIS);
            return millis;
        }

        void reset() {
            next = FIRST_MILLIS;
        }
    }
}
