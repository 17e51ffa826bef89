package greenlet.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Serves TCP or TLS connections, each in a green thread of its own, in plain blocking code.
 *
 * {@snippet :
 * StreamServer server = StreamServer.of(connection -> connection.input().transferTo(connection.output()))
 *         .port(7)
 *         .idle(Duration.ofSeconds(30))
 *         .start();
 * // … later: accepts no more, lets those go on that are at it, for ten seconds at most
 * StopReport report = server.stop(Duration.ofSeconds(10));
 * }
 *
 * <ul>
 *   <li>ACCEPTING -> FULL // as many connections as allowed: further ones wait in the kernel
 *   <li>FULL -> ACCEPTING // one has ended
 *   <li>ACCEPTING, FULL -> DRAINING // {@link #stopAccepting()}: whom the kernel had accepted is taken in, then the listening socket is closed
 *   <li>DRAINING -> STOPPED // {@link #stop}: all connections have ended or the grace is over and they have been killed
 * </ul>
 *
 * <p>What a peer can do is limited: in number ({@link StreamServerBuilder#connections}, {@link StreamServerBuilder#backlog}), in time
 * ({@link StreamServerBuilder#idle}, {@link StreamServerBuilder#handshake}), in memory ({@link Connection} says what is buffered where). It
 * listens on the loopback interface unless told otherwise.
 *
 * <p>Failures: a handler's {@link IOException} is counted; what else it throws goes to the hub's handler of uncaught exceptions. Errors of accepting, no descriptor left
 * ({@code EMFILE}) among them, are counted and logged, once a minute at most ({@link System.Logger} {@code greenlet.hub}), and accepting goes on after pauses of 10 ms to
 * 1 s. The server goes on in all these cases.
 *
 * <p>Safe for use from any thread.
 */
public final class StreamServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("greenlet.hub");

    /** For connections that were killed to end. */
    private static final Duration KILL_GRACE = Duration.ofSeconds(2);

    /** Counted by the hub's green threads, one at a time. */
    static final class Counts {
        long accepted;
        long served;
        long failed;
        long killed;
        long idle;
        long handshakes;
        long acceptErrors;
    }

    private final Hub hub;
    private final String name;
    private final ServerOptions options;
    private final InetSocketAddress address;
    private final Acceptor acceptor;
    private final Tally open = new Tally();

    /** Of the connections, from before their first turns on. What is killed before that ends on its killer's thread. */
    private final Set<GreenThread<?>> threads = ConcurrentHashMap.newKeySet();

    // Confined to the hub.
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final Counts counts = new Counts();

    private volatile boolean stopping;
    private volatile boolean listening = true;

    /** Negative until the order to stop, or to stop accepting. Written on the hub. */
    private volatile long killedBeforeStop = -1;

    // Guarded by this.
    private @Nullable GreenThread<?> accepting;
    private @Nullable GreenThread<?> watching;
    private @Nullable GreenThread<StopReport> stopper;

    private StreamServer(Hub hub, ServerOptions options, Pool pool, ServerSocketChannel listener) throws IOException {
        this.hub = hub;
        this.options = options;
        this.name = options.name();
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.acceptor = new Acceptor(this, listener, pool, options.backlog());
    }

    /**
     * A server to be started with its defaults or others. Not a switch point.
     *
     * @param handler serves each connection
     * @return the defaults, to be changed
     */
    public static StreamServerBuilder of(ConnectionHandler handler) {
        return new StreamServerBuilder(handler);
    }

    static StreamServer start(Hub hub, ServerOptions options, Pool pool, ServerSocketChannel listener)
            throws IOException {
        StreamServer server;
        try {
            server = new StreamServer(hub, options, pool, listener);
        } catch (Throwable failed) {
            Acceptor.closeQuietly(listener);
            throw failed;
        }
        try {
            server.begin();
            return server;
        } catch (Throwable failed) {
            server.acceptor.closeAll();
            throw failed;
        }
    }

    /**
     * Where it listens, or did. Not a switch point.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Whether it has been told to stop, or to stop accepting. Not a switch point.
     *
     * @return true from then on
     */
    public boolean isStopping() {
        return stopping;
    }

    /**
     * Accepts no more: takes in whom the kernel has accepted already, then closes the listening socket, so that others are refused. Connections go on; those that wait
     * in {@link Connection#awaitRequest()} end. Does not wait. Not a switch point.
     */
    public void stopAccepting() {
        stopping = true;
        try {
            var _ = hub.spawn(name + "-stop-accepting", this::beginStopping);
        } catch (RejectedExecutionException e) {
            // The hub is closing, which ends the acceptor.
        }
    }

    /**
     * Stops in good order: {@linkplain #stopAccepting() accepts no more}, lets connections go on, for so long at most, kills those that are left, and waits up to two
     * seconds for their end. A second call waits for the first and returns its report. If the hub closes meanwhile, that kills, and the report says what it has come to by then.
     * A switch point.
     *
     * @param grace how long connections may go on
     * @return what it came to
     * @throws InterruptedException if the caller is interrupted meanwhile; stopping goes on
     * @throws IllegalStateException if the caller is one of the server's connections
     */
    public StopReport stop(Duration grace) throws InterruptedException {
        refuseOwnConnections();
        stopping = true;
        try {
            return stopper(grace).get();
        } catch (RejectedExecutionException | CancellationException e) { // the hub is closing, and kills
            int left = open.count(); // before the others: who ends meanwhile is in both, not in none
            return new StopReport(0, killedSinceStop(), left);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Stopping server '" + name + "' failed: please report this as a bug", e);
        }
    }

    /** Stops with the grace that it was built with; see {@link #stop(Duration)}. An interrupt of the caller ends the waiting. A switch point. */
    @Override
    public void close() {
        try {
            stop(options.grace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The server at this moment. Not a switch point.
     *
     * @return its numbers, slightly old when read from outside its hub
     */
    public ServerStatistics statistics() {
        return new ServerStatistics(
                counts.accepted,
                open.count(),
                counts.served,
                counts.failed,
                counts.killed,
                counts.idle,
                counts.handshakes,
                counts.acceptErrors);
    }

    @Override
    public String toString() {
        String state = stopping ? "stopping" : "accepting";
        return "StreamServer[" + name + " on " + address + ", " + (listening ? state : "not listening") + ", "
                + open.count() + " connections]";
    }

    Duration grace() {
        return options.grace();
    }

    Hub hub() {
        return hub;
    }

    Counts counts() {
        return counts;
    }

    void prepare(SSLSocket socket) {
        options.prepare().accept(socket);
    }

    void onListenerClosed() {
        listening = false;
    }

    /** Serves it in a green thread of the pool, after waiting for room if there is none. */
    void serve(SocketChannel accepted, Pool pool) throws InterruptedException {
        open.up();
        counts.accepted++;
        GreenThread<Boolean> thread;
        try {
            thread = pool.spawn(() -> live(accepted));
        } catch (Throwable refused) {
            counts.killed++;
            open.down();
            throw refused;
        }
        threads.add(thread);
        thread.onEnd(outcome -> {
            threads.remove(thread);
            Acceptor.closeQuietly(accepted); // it may have been killed before it began
            count(thread, outcome);
            open.down();
        });
    }

    /** Whoever had to be killed was killed, whatever it made of that. */
    private void count(GreenThread<?> ended, Outcome<Boolean> outcome) {
        if (ended.isKilled()) {
            counts.killed++;
        } else if (outcome instanceof Outcome.Returned<Boolean>(Boolean served) && served) {
            counts.served++;
        } else {
            counts.failed++;
        }
    }

    /** True if the handler has returned; false if the connection has failed. */
    private boolean live(SocketChannel accepted) throws Exception {
        try (accepted;
                Connection connection = new Connection(this, accepted)) {
            Thread.currentThread().setName(name + " from " + connection.remote()); // for who reads a dump
            connections.add(connection);
            try {
                setUp(accepted, connection);
                options.handler().serve(connection);
            } finally {
                connections.remove(connection);
            }
            return true;
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "A connection of server " + name + " ended", e);
            GreenThread.requireAlive();
            return false;
        }
    }

    private void setUp(SocketChannel accepted, Connection connection) throws IOException {
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (options.sendBufferBytes() > 0) {
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
        }
        SSLSocketFactory factory = options.tls();
        if (factory == null) {
            connection.usePlain();
            return;
        }
        try {
            connection.useTls(factory, options.handshakeNanos());
        } catch (IOException e) {
            GreenThread.requireAlive(); // a kill is no failure of the handshake
            counts.handshakes++;
            throw e;
        }
    }

    private synchronized void begin() {
        GreenThread<?> first = hub.spawn(name + "-acceptor", acceptor::run);
        first.onEnd(outcome -> acceptor.closeAll()); // it may be killed before its first turn
        accepting = first;
        try {
            watching = hub.spawn(name + "-watch", new ServerWatch(hub, options, connections, counts)::run);
        } catch (Throwable failed) {
            first.kill();
            throw failed;
        }
    }

    private synchronized GreenThread<StopReport> stopper(Duration grace) {
        GreenThread<StopReport> first = stopper;
        if (first == null) {
            first = hub.spawn(name + "-stopper", () -> stopNow(grace));
            stopper = first;
        }
        return first;
    }

    /** Of those who would wait for themselves. */
    void refuseOwnConnections() {
        GreenThread<?> caller = GreenThread.currentOrNull();
        if (caller != null && threads.contains(caller)) {
            throw new IllegalStateException("Cannot stop server '" + name
                    + "' from a handler of its own: it would wait for itself. Call stopAccepting, or stop from a green"
                    + " thread spawned for it.");
        }
    }

    private StopReport stopNow(Duration grace) throws InterruptedException {
        long deadline = hub.clock().nanos() + Closing.nanos(grace);
        long endedBefore = counts.served + counts.failed;
        beginStopping();
        GreenThread<?> acceptors = Objects.requireNonNull(accepting);
        boolean takenIn = acceptors.join(left(deadline)) != null;
        boolean drained = takenIn && open.awaitAtMost(0, left(deadline).toNanos());
        long finished = counts.served + counts.failed - endedBefore;
        if (!drained) {
            acceptors.kill();
            threads.forEach(GreenThread::kill);
            if (!open.awaitAtMost(0, KILL_GRACE.toNanos())) {
                threads.forEach(GreenThread::kill);
                List.copyOf(connections).forEach(StreamServer::close);
            }
        }
        Objects.requireNonNull(watching).kill();
        return new StopReport((int) finished, killedSinceStop(), open.count());
    }

    private int killedSinceStop() {
        long before = killedBeforeStop;
        return before < 0 ? 0 : (int) (counts.killed - before);
    }

    private Duration left(long deadlineNanos) {
        return Duration.ofNanos(Math.max(0, deadlineNanos - hub.clock().nanos()));
    }

    /** Of a handler that swallows every interrupt: without its connection it may see reason. */
    private static void close(Connection stubborn) {
        try {
            stubborn.cutOff(Connection.Cut.STOPPING);
        } catch (IOException e) {
            // It was closed already, in effect.
        }
    }

    /** On the hub. Without a switch until all that wait for a request have been looked at. */
    private void beginStopping() {
        stopping = true;
        if (killedBeforeStop < 0) {
            killedBeforeStop = counts.killed;
        }
        acceptor.stop();
        for (Connection each : List.copyOf(connections)) {
            try {
                each.endIfBetweenRequests();
            } catch (IOException e) {
                // It is broken, and its handler sees that.
            }
        }
    }
}
