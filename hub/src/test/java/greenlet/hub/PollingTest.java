package greenlet.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Green threads of one hub that wait for each other's input: who waits, waits in the hub's own epoll. */
// Outcomes are awaited through what the bodies do; a yield lets the others go until they wait; closing early is what is
// tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck", "try"})
@Timeout(60)
class PollingTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @BeforeAll
    static void everyHubHasItsEpoll() {
        assertThat(Hubs.install())
                .as("this test needs Linux and a JVM in which no virtual thread used a socket before")
                .isEqualTo(new Polling.OwnEpoll());
    }

    @Test
    void socket_manyRoundTrips_loseNoWakeUpAndNoThreadButTheCarrier() throws Exception {
        String polling = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
                int pairs = 20;
                CountDownLatch done = new CountDownLatch(pairs);
                Hub.current().spawn("acceptor", () -> {
                    for (int i = 0; i < pairs; i++) {
                        Socket accepted = server.accept();
                        Hub.current().spawn("echo", () -> echo(accepted));
                    }
                });
                for (int i = 0; i < pairs; i++) {
                    Hub.current().spawn("client", () -> {
                        pingPong(server, 200);
                        done.countDown();
                    });
                }
                done.await();
            }
            return Hub.current().statistics().polling();
        });

        assertThat(polling).startsWith("the hub's own epoll: ").doesNotContain(" 0 events");
    }

    private static void echo(Socket socket) throws IOException {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        }
    }

    private static void pingPong(ServerSocket server, int rounds) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.getLocalPort())) {
            for (int i = 0; i < rounds; i++) {
                socket.getOutputStream().write(i);
                assertThat(socket.getInputStream().read()).isEqualTo(i & 0xff);
            }
        }
    }

    /** One green thread opens, waits, closes and opens: the same number, of which the hub believes that it is watched. Idle and busy. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void socket_ofANumberThatTheSameThreadHasClosed_isHeard(boolean busy) throws Exception {
        int connections = 90;
        boolean[] done = {false};
        Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
                Hub.current().spawn("acceptor", () -> {
                    for (int i = 0; i < connections; i++) {
                        Socket accepted = server.accept();
                        Hub.current().spawn("echo", () -> echo(accepted));
                    }
                });
                if (busy) {
                    Hub.current().spawn("busy", () -> {
                        while (!done[0]) {
                            GreenThread.yieldTurn();
                        }
                    });
                }
                for (int i = 0; i < connections; i++) {
                    pingPong(server, 1 + i % 9); // some are told often enough to be believed in
                }
            } finally {
                done[0] = true;
            }
        });
    }

    @Test
    void socket_readAndWriteOfOneSocketWaitAtOnce_bothGoOn() throws Exception {
        int size = 8 << 20;
        long echoed = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                    Socket client = new Socket(LOOPBACK, server.getLocalPort());
                    Socket accepted = server.accept()) {
                Hub.current().spawn("echo", () -> echo(accepted));
                Hub.current().spawn("writer", () -> {
                    client.getOutputStream().write(new byte[size]);
                    client.shutdownOutput();
                });
                return client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        });

        assertThat(echoed).isEqualTo(size);
    }

    @Test
    void socket_readTimesOut_canBeReadAfterwards() throws Exception {
        int read = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                    Socket client = new Socket(LOOPBACK, server.getLocalPort());
                    Socket accepted = server.accept()) {
                accepted.setSoTimeout(5);
                try {
                    accepted.getInputStream().read();
                    throw new AssertionError("nothing was sent");
                } catch (SocketTimeoutException expected) {
                    accepted.setSoTimeout(0);
                }
                Hub.current().spawn("writer", () -> client.getOutputStream().write(42));
                return accepted.getInputStream().read();
            }
        });

        assertThat(read).isEqualTo(42);
    }

    @Test
    void socket_closedByAnotherGreenThread_endsTheRead() throws Exception {
        String message = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                    Socket client = new Socket(LOOPBACK, server.getLocalPort());
                    Socket accepted = server.accept()) {
                GreenThread<String> reader = Hub.current().spawn(() -> {
                    try {
                        return "read " + accepted.getInputStream().read();
                    } catch (SocketException e) {
                        return requireNonNull(e.getMessage());
                    }
                });
                Thread.yield();
                accepted.close();
                assertThat(client.isConnected()).isTrue();
                return reader.get();
            }
        });

        assertThat(message).isEqualTo("Socket closed");
    }

    @Test
    void socket_closedByAThreadOutside_endsTheRead() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Hub hub = Hub.start()) {
            CountDownLatch accepting = new CountDownLatch(1);
            GreenThread<String> acceptor = hub.spawn(() -> {
                accepting.countDown();
                try {
                    return "accepted " + server.accept();
                } catch (SocketException e) {
                    return requireNonNull(e.getMessage());
                }
            });
            accepting.await();
            awaitWaiting(acceptor); // before that it would find the socket closed
            server.close();

            assertThat(acceptor.get(30, TimeUnit.SECONDS)).isEqualTo("Socket closed");
        }
    }

    @Test
    void socket_interrupted_endsTheReadAsAlways() throws Exception {
        String message = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
                GreenThread<String> acceptor = Hub.current().spawn(() -> {
                    try {
                        return "accepted " + server.accept();
                    } catch (SocketException e) {
                        return e.getMessage() + ", " + Thread.currentThread().isInterrupted();
                    }
                });
                Thread.yield();
                acceptor.thread().interrupt();
                return acceptor.get();
            }
        });

        assertThat(message).isEqualTo("Closed by interrupt, true");
    }

    @Test
    void socket_resetByPeer_throwsAtTheReader() throws Exception {
        String message = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
                Socket client = new Socket(LOOPBACK, server.getLocalPort());
                Socket accepted = server.accept();
                GreenThread<String> reader = Hub.current().spawn(() -> {
                    try {
                        return "read " + accepted.getInputStream().read();
                    } catch (SocketException e) {
                        return requireNonNull(e.getMessage());
                    }
                });
                Thread.yield();
                client.setSoLinger(true, 0);
                client.close();
                return reader.get();
            }
        });

        assertThat(message).isEqualTo("Connection reset");
    }

    private static @Nullable ServerSocket pinnedServer;

    /** Its initialiser waits for a connection; a thread in there cannot leave its carrier. */
    private static final class WaitsForInput {
        static final int BYTE;

        static {
            try (Socket accepted = requireNonNull(pinnedServer).accept()) {
                BYTE = accepted.getInputStream().read();
            } catch (IOException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    @Test
    void socket_inAClassInitialiser_isWokenAlthoughTheCarrierWaits() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Hub hub = Hub.start()) {
            pinnedServer = server;
            GreenThread<Integer> reader = hub.spawn(() -> WaitsForInput.BYTE);
            awaitWaiting(reader);
            try (Socket client = new Socket(LOOPBACK, server.getLocalPort())) {
                awaitWaiting(reader);
                client.getOutputStream().write(6);
            }

            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(6);
        }
    }

    private static void awaitWaiting(GreenThread<?> thread) {
        while (thread.thread().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void channels_ofEveryKind_areWaitedForInTheHub(@TempDir Path directory) throws Exception {
        List<String> received = new ArrayList<>();

        Hub.run(() -> {
            Hub hub = Hub.current();
            unixSocket(hub, directory.resolve("socket"), received);
            datagrams(hub, received);
            pipe(hub, received);
            selector(hub, received);
        });

        assertThat(received)
                .containsExactly("unix 1", "datagram socket 2", "datagram channel 3", "pipe 4", "selector 5");
    }

    private static ByteBuffer one(int value) {
        return ByteBuffer.wrap(new byte[] {(byte) value});
    }

    private static void unixSocket(Hub hub, Path path, List<String> received) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            hub.spawn("unix client", () -> {
                try (SocketChannel client = SocketChannel.open(address)) {
                    Thread.yield();
                    client.write(one(1));
                }
            });
            try (SocketChannel accepted = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(1);
                accepted.read(buffer);
                received.add("unix " + buffer.get(0));
            }
        }
    }

    private static void datagrams(Hub hub, List<String> received) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
                DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
            hub.spawn("sender", () -> {
                try (DatagramSocket sender = new DatagramSocket()) {
                    Thread.yield();
                    sender.send(new DatagramPacket(new byte[] {2}, 1, socket.getLocalSocketAddress()));
                    Thread.yield();
                    sender.send(new DatagramPacket(new byte[] {3}, 1, channel.getLocalAddress()));
                }
            });
            DatagramPacket packet = new DatagramPacket(new byte[1], 1);
            socket.receive(packet);
            received.add("datagram socket " + packet.getData()[0]);
            ByteBuffer buffer = ByteBuffer.allocate(1);
            channel.receive(buffer);
            received.add("datagram channel " + buffer.get(0));
        }
    }

    private static void pipe(Hub hub, List<String> received) throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            hub.spawn("pipe writer", () -> {
                Thread.yield();
                sink.write(one(4));
            });
            ByteBuffer buffer = ByteBuffer.allocate(1);
            source.read(buffer);
            received.add("pipe " + buffer.get(0));
        }
    }

    private static void selector(Hub hub, List<String> received) throws IOException {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open();
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);
            hub.spawn("pipe writer", () -> {
                Thread.yield();
                sink.write(one(5));
            });
            selector.select();
            ByteBuffer buffer = ByteBuffer.allocate(1);
            source.read(buffer);
            received.add("selector " + buffer.get(0));
        }
    }

    @Test
    void hubs_openedUsedAndClosed_leaveNoDescriptor() throws Exception {
        Hub.run(() -> pipe(Hub.current(), new ArrayList<>()));
        long before = openEpollsAndEvents();

        for (int i = 0; i < 50; i++) {
            Hub.run(() -> pipe(Hub.current(), new ArrayList<>()));
        }

        assertThat(openEpollsAndEvents()).isEqualTo(before);
    }

    private static long openEpollsAndEvents() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(PollingTest::isEpollOrEvent).count();
        }
    }

    private static boolean isEpollOrEvent(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.contains("eventpoll") || target.contains("eventfd");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
