package greenlet.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link StreamServer} is to be started. The defaults listen on the loopback interface only, on a port that the system chooses. What is changed after
 * a start holds for the next one.
 *
 * <p>Not safe for use from several threads at once.
 */
public final class StreamServerBuilder {
    private static final int DEFAULT_CONNECTIONS = 10_000;
    private static final int DEFAULT_BACKLOG = 1024;

    private final ConnectionHandler handler;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private String name = "server";
    private @Nullable SSLContext tls;
    private Consumer<SSLSocket> prepare = socket -> {};
    private int connections = DEFAULT_CONNECTIONS;
    private @Nullable Pool pool;
    private int backlog = DEFAULT_BACKLOG;
    private Duration idle = Duration.ofMinutes(5);
    private Duration handshake = Duration.ofSeconds(10);
    private Duration grace = Duration.ofSeconds(5);
    private int receiveBufferBytes;
    private int sendBufferBytes;

    StreamServerBuilder(ConnectionHandler handler) {
        this.handler = Objects.requireNonNull(handler);
    }

    /**
     * Names the server's green threads. Default: {@code server}. Not a switch point.
     *
     * @param newName the name
     * @return this
     */
    public StreamServerBuilder name(String newName) {
        name = Objects.requireNonNull(newName);
        return this;
    }

    /**
     * Listens on the loopback interface. Default: port 0. Not a switch point.
     *
     * @param port the port, 0 for one that the system chooses
     * @return this
     * @throws IllegalArgumentException if it is no port
     */
    public StreamServerBuilder port(int port) {
        return address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Listens on an interface, or on all ({@code new InetSocketAddress(port)}). Default: the loopback interface. Not a switch point.
     *
     * @param newAddress where
     * @return this
     * @throws IllegalArgumentException if the address is unresolved
     */
    public StreamServerBuilder address(InetSocketAddress newAddress) {
        if (newAddress.isUnresolved()) {
            throw new IllegalArgumentException(
                    "Cannot listen on " + newAddress + ": the name is not known. Use the address of an interface.");
        }
        address = newAddress;
        return this;
    }

    /**
     * Speaks TLS. Default: plain TCP. Not a switch point.
     *
     * @param context has the server's key
     * @return this
     */
    public StreamServerBuilder tls(SSLContext context) {
        tls = Objects.requireNonNull(context);
        return this;
    }

    /**
     * Speaks TLS, with options of its own for each connection: protocols, client authentication, ALPN. Not a switch point.
     *
     * @param context has the server's key
     * @param options applied to each socket before its handshake
     * @return this
     */
    public StreamServerBuilder tls(SSLContext context, Consumer<SSLSocket> options) {
        prepare = Objects.requireNonNull(options);
        return tls(context);
    }

    /**
     * How many connections are open at once, at most. Further ones wait in the kernel, up to the backlog, unaccepted. Default: 10,000. Not a
     * switch point.
     *
     * @param most positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamServerBuilder connections(int most) {
        requirePositive("connections", most);
        connections = most;
        return this;
    }

    /**
     * A pool to run connections in, of the hub that the server is started on, instead of one of its own: several servers can share a limit. Not a switch point.
     *
     * @param shared the pool
     * @return this
     */
    public StreamServerBuilder pool(Pool shared) {
        pool = Objects.requireNonNull(shared);
        return this;
    }

    /**
     * How many connections the kernel accepts ahead of the server. Default: 1024, which the system may limit further. Not a switch point.
     *
     * @param most positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamServerBuilder backlog(int most) {
        requirePositive("a backlog of", most);
        backlog = most;
        return this;
    }

    /**
     * How long a connection may wait for its peer without a byte moving; see {@link Connection}. Watched in steps of an eighth, of a second at most.
     * Default: 5 minutes. Not a switch point.
     *
     * @param most positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamServerBuilder idle(Duration most) {
        requirePositive("an idle time", most);
        idle = most;
        return this;
    }

    /**
     * How long a TLS handshake may take in all. Default: 10 s. Not a switch point.
     *
     * @param most positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public StreamServerBuilder handshake(Duration most) {
        requirePositive("a handshake", most);
        handshake = most;
        return this;
    }

    /**
     * How long {@link StreamServer#close()} lets connections go on. Default: 5 s. Not a switch point.
     *
     * @param newGrace zero or more
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public StreamServerBuilder grace(Duration newGrace) {
        if (newGrace.isNegative()) {
            throw new IllegalArgumentException("Cannot give a server a grace of " + newGrace
                    + ": it is negative. Use Duration.ZERO to kill at once.");
        }
        grace = newGrace;
        return this;
    }

    /**
     * How much the kernel may hold of what one peer sends and one peer does not take. Default: the system's, which grow to some megabytes
     * each. The system may round. Not a switch point.
     *
     * @param receiveBytes towards the server, positive
     * @param sendBytes towards the peer, positive
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public StreamServerBuilder kernelBuffers(int receiveBytes, int sendBytes) {
        requirePositive("a receive buffer of", receiveBytes);
        requirePositive("a send buffer of", sendBytes);
        receiveBufferBytes = receiveBytes;
        sendBufferBytes = sendBytes;
        return this;
    }

    /**
     * Starts the server on the caller's hub. Not a switch point.
     *
     * @return the server, which accepts
     * @throws IOException if it cannot listen there
     * @throws IllegalStateException if the caller is no green thread
     */
    public StreamServer start() throws IOException {
        return start(Hub.current());
    }

    /**
     * Starts the server on a hub. Not a switch point.
     *
     * @param hub runs acceptor and connections
     * @return the server, which accepts
     * @throws IOException if it cannot listen there
     */
    public StreamServer start(Hub hub) throws IOException {
        return StreamServer.start(hub, options(), poolOn(hub), listen(address, false));
    }

    /**
     * Starts one server on each hub of a set, all on one address: the kernel spreads connections over them ({@code SO_REUSEPORT}). Not a
     * switch point.
     *
     * @param hubs from {@link Hubs#perCore()}
     * @return the servers
     * @throws IOException if they cannot listen there
     * @throws UnsupportedOperationException if the system has no {@code SO_REUSEPORT}
     */
    public ServerSet start(HubSet hubs) throws IOException {
        if (pool != null) {
            throw new IllegalArgumentException(
                    "Cannot share a pool among several hubs: its green threads belong to one."
                            + " Use connections(…), which holds for each hub.");
        }
        List<StreamServer> servers = new ArrayList<>();
        try {
            InetSocketAddress where = address;
            for (Hub hub : hubs.hubs()) {
                StreamServer server = StreamServer.start(hub, options(), poolOn(hub), listen(where, true));
                servers.add(server);
                where = server.address();
            }
        } catch (IOException | RuntimeException e) {
            servers.forEach(StreamServer::close);
            throw e;
        }
        return new ServerSet(servers);
    }

    private ServerSocketChannel listen(InetSocketAddress where, boolean shared) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (shared) {
                listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            if (receiveBufferBytes > 0) {
                listener.setOption(
                        StandardSocketOptions.SO_RCVBUF, receiveBufferBytes); // inherited, and in time for the window
            }
            return listener.bind(where, backlog);
        } catch (Throwable refused) {
            Acceptor.closeQuietly(listener);
            if (refused instanceof IOException io) {
                throw new IOException(
                        "Cannot listen on " + where + ": " + io.getMessage()
                                + ". Choose a free port of an interface of this machine.",
                        io);
            }
            throw refused;
        }
    }

    private ServerOptions options() {
        return new ServerOptions(
                name,
                handler,
                ServerOptions.factoryOf(tls),
                prepare,
                backlog,
                Closing.nanos(idle),
                Closing.nanos(handshake),
                sendBufferBytes,
                grace);
    }

    private Pool poolOn(Hub hub) {
        Pool shared = pool;
        return shared == null ? Pool.of(hub, connections) : shared;
    }

    private static void requirePositive(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("Cannot allow " + what + " " + number + ": use 1 or more.");
        }
    }

    private static void requirePositive(String what, Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("Cannot limit " + what + " to " + time + ": it must be positive."
                    + " Use a long one for no limit.");
        }
    }
}
