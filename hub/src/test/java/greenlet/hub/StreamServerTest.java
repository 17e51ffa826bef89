package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and their clients as green threads of one hub. */
// What a client comes to is awaited; a read that tells of the end of the stream has no other use.
@SuppressWarnings("FutureReturnValueIgnored")
@org.junit.jupiter.api.Timeout(60)
class StreamServerTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final ConnectionHandler ECHO =
            connection -> connection.input().transferTo(connection.output());

    private final List<Throwable> told = new ArrayList<>();

    private void onHub(Action<Exception> body) throws Exception {
        Hub.builder().uncaught((thread, failure) -> told.add(failure)).<Object, Exception>run(() -> {
            body.run();
            return "done";
        });
    }

    private static Socket connect(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    /** Sends text and the end of the stream, returns the answer. */
    private static String exchange(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    @Test
    void start_defaults_listensOnLoopbackOnly() throws Exception {
        onHub(() -> {
            try (StreamServer server = StreamServer.of(ECHO).start()) {
                assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
                assertThat(server)
                        .hasToString("StreamServer[server on " + server.address() + ", accepting, 0 connections]");
            }
        });
    }

    @Test
    void start_portIsTaken_saysWhere() throws Exception {
        onHub(() -> {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThatThrownBy(() ->
                                StreamServer.of(ECHO).port(taken.getLocalPort()).start())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("Cannot listen on")
                        .hasMessageContaining("Choose a free port");
            }
        });
    }

    @Test
    void serve_manyClients_halfCloseAndGetTheirWholeAnswer() throws Exception {
        onHub(() -> {
            try (StreamServer server = StreamServer.of(ECHO).start()) {
                try (Group<String, List<String>> clients = Group.open()) {
                    for (int i = 0; i < 50; i++) {
                        String text = ("client " + i + ' ').repeat(5_000);
                        clients.spawn(() -> {
                            try (Socket socket = connect(server)) {
                                Hub.current().spawn(() -> {
                                    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                                    socket.shutdownOutput();
                                });
                                byte[] answer = socket.getInputStream().readAllBytes();
                                assertThat(new String(answer, StandardCharsets.UTF_8))
                                        .isEqualTo(text);
                                return text;
                            }
                        });
                    }
                    assertThat(clients.join()).hasSize(50);
                }
                await(() -> server.statistics().served() == 50);
                assertThat(server.statistics().failed()).isZero();
            }
        });
    }

    @Test
    void serve_tls_echoes(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        onHub(() -> {
            try (StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            connection.output().write(connection.input().read() + 1);
                        }
                    })
                    .tls(context, socket -> socket.setEnabledProtocols(new String[] {"TLSv1.3"}))
                    .start()) {
                try (Socket client = context.getSocketFactory()
                        .createSocket(
                                server.address().getAddress(), server.address().getPort())) {
                    for (int i = 0; i < 20; i++) {
                        client.getOutputStream().write(i);
                        assertThat(client.getInputStream().read()).isEqualTo(i + 1);
                    }
                }
                await(() -> server.statistics().served() == 1);
            }
        });
    }

    @Test
    void serve_tlsClientStallsInTheHandshake_isCutAndOthersAreServed(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        onHub(() -> {
            try (StreamServer server = StreamServer.of(ECHO)
                    .tls(context)
                    .handshake(Duration.ofMillis(500))
                    .start()) {
                try (Socket stalling = connect(server)) {
                    stalling.getOutputStream().write(22); // the first byte of a record that never comes
                    try (Socket client = context.getSocketFactory()
                            .createSocket(
                                    server.address().getAddress(),
                                    server.address().getPort())) {
                        client.getOutputStream().write(42);
                        assertThat(client.getInputStream().read()).isEqualTo(42);
                    }
                    assertThat(catchThrowable(() ->
                                    assertThat(stalling.getInputStream().read()).isEqualTo(-1)))
                            .isNull();
                }
                await(() -> server.statistics().handshakes() == 1);
                await(() -> server.statistics().open() == 0);
            }
        });
    }

    @Test
    void serve_handlersThrow_countsOrTellsAndGoesOn() throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug");
        onHub(() -> {
            try (StreamServer server = StreamServer.of(connection -> {
                        switch (connection.input().read()) {
                            case 1 -> throw new IOException("peers are like that");
                            case 2 -> throw bug;
                            default -> connection.output().write(7);
                        }
                    })
                    .start()) {
                for (int what = 1; what <= 3; what++) {
                    try (Socket client = connect(server)) {
                        client.getOutputStream().write(what);
                        assertThat(client.getInputStream().read()).isEqualTo(what == 3 ? 7 : -1);
                    }
                }
                await(() -> server.statistics().open() == 0);
                assertThat(server.statistics().failed()).isEqualTo(2);
                assertThat(server.statistics().served()).isEqualTo(1);
            }
        });

        assertThat(told).containsExactly(bug);
    }

    @Test
    void serve_peerHasSentMoreThanIsRead_getsItsAnswerAllTheSame() throws Exception {
        onHub(() -> {
            try (StreamServer server = StreamServer.of(connection -> {
                        assertThat(connection.input().read()).isPositive();
                        connection.output().write(new byte[30_000]);
                    })
                    .start()) {
                for (int i = 0; i < 20; i++) {
                    try (Socket client = connect(server)) {
                        client.getOutputStream().write("x".repeat(5_000).getBytes(StandardCharsets.UTF_8));
                        assertThat(client.getInputStream().readAllBytes()).hasSize(30_000);
                    }
                }
            }
        });
    }

    @Test
    void connections_atTheLimit_othersWaitUnaccepted() throws Exception {
        onHub(() -> {
            int[] most = {0};
            try (StreamServer server = StreamServer.of(connection -> {
                        assertThat(connection.input().readNBytes(1)).hasSize(1);
                        connection.output().write(1);
                    })
                    .connections(2)
                    .start()) {
                List<Socket> clients = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    clients.add(connect(server)); // the kernel accepts all
                }
                await(() -> server.statistics().open() == 2);
                for (int i = 0; i < 20; i++) {
                    GreenThread.yieldTurn();
                }
                assertThat(server.statistics().accepted()).isEqualTo(2);
                for (Socket client : clients) {
                    client.getOutputStream().write(1);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                    most[0] = Math.max(most[0], server.statistics().open());
                    client.close();
                }
                assertThat(server.statistics().accepted()).isEqualTo(5);
            }
            assertThat(most[0]).isLessThanOrEqualTo(2);
        });
    }

    @Test
    void pool_sharedByTwoServers_limitsBoth() throws Exception {
        onHub(() -> {
            Pool pool = Pool.of(1);
            try (StreamServer one = StreamServer.of(ECHO).pool(pool).start();
                    StreamServer other = StreamServer.of(ECHO).pool(pool).start()) {
                Socket first = connect(one);
                await(() -> one.statistics().open() == 1);
                try (Socket second = connect(other)) {
                    second.getOutputStream().write(5);
                    for (int i = 0; i < 20; i++) {
                        GreenThread.yieldTurn();
                    }
                    assertThat(pool.running()).isEqualTo(1);
                    assertThat(second.getInputStream().available()).isZero();
                    first.close();
                    assertThat(second.getInputStream().read()).isEqualTo(5);
                }
            }
        });
    }

    @Test
    void idle_peerSendsNothing_isClosedAndTheHandlerIsToldWhy() throws Exception {
        onHub(() -> {
            Throwable[] thrown = {null};
            try (StreamServer server = StreamServer.of(connection -> {
                        thrown[0] = catchThrowable(
                                () -> assertThat(connection.input().read()).isEqualTo(-1));
                        throw thrown[0] instanceof IOException io ? io : new IOException(thrown[0]);
                    })
                    .idle(Duration.ofMillis(30))
                    .start()) {
                try (Socket client = connect(server)) {
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
                await(() -> server.statistics().open() == 0);
                assertThat(server.statistics().idle()).isEqualTo(1);
            }
            assertThat(thrown[0])
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("its peer moved no byte for longer than the server's idle limit")
                    .hasMessageContaining("Raise StreamServerBuilder.idle");
        });
    }

    @Test
    void idle_betweenRequests_endsQuietly() throws Exception {
        onHub(() -> {
            try (StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            connection.output().write(connection.input().read());
                        }
                    })
                    .idle(Duration.ofMillis(30))
                    .start()) {
                try (Socket client = connect(server)) {
                    client.getOutputStream().write(9);
                    assertThat(client.getInputStream().read()).isEqualTo(9);
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
                await(() -> server.statistics().served() == 1);
            }
        });
    }

    @Test
    void idle_peerDoesNotRead_stopsTheWriterThenIsClosed() throws Exception {
        onHub(() -> {
            long[] written = {0};
            try (StreamServer server = StreamServer.of(connection -> {
                        byte[] much = new byte[1 << 20];
                        while (true) {
                            connection.output().write(much);
                            written[0] += much.length;
                        }
                    })
                    .kernelBuffers(16_384, 16_384)
                    .idle(Duration.ofMillis(100))
                    .start()) {
                try (Socket client = connect(server)) {
                    await(() -> server.statistics().idle() == 1);
                    assertThat(client.isConnected()).isTrue();
                }
                await(() -> server.statistics().open() == 0);
            }
            assertThat(written[0]).as("held for a peer that reads nothing").isLessThan(16 << 20);
        });
    }

    @Test
    void idle_handlerIsBusyItself_isNotClosed() throws Exception {
        onHub(() -> {
            try (StreamServer server = StreamServer.of(connection -> {
                        assertThat(connection.input().read()).isPositive();
                        Thread.sleep(100);
                        connection.output().write(1);
                    })
                    .idle(Duration.ofMillis(20))
                    .start()) {
                try (Socket client = connect(server)) {
                    client.getOutputStream().write(1);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                }
                assertThat(server.statistics().idle()).isZero();
            }
        });
    }

    @Test
    void stop_connectionsBetweenRequests_endAtOnce() throws Exception {
        onHub(() -> {
            StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            connection.output().write(connection.input().read());
                        }
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(3);
                assertThat(client.getInputStream().read()).isEqualTo(3);

                StopReport report = server.stop(LONG);

                assertThat(report).isEqualTo(new StopReport(1, 0, 0));
                assertThat(report.isClean()).isTrue();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThatThrownBy(() -> connect(server).close()).isInstanceOf(IOException.class);
            }
            assertThat(server.stop(Duration.ZERO)).as("stopped again").isEqualTo(new StopReport(1, 0, 0));
        });
    }

    @Test
    void stop_requestUnderWay_isAnswered() throws Exception {
        onHub(() -> {
            CountDownLatch goOn = new CountDownLatch(1);
            StreamServer server = StreamServer.of(connection -> {
                        assertThat(connection.input().read()).isPositive();
                        goOn.await();
                        assertThat(connection.isStopping()).isTrue();
                        connection.output().write(8);
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(1);
                await(() -> server.statistics().open() == 1);
                GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
                await(server::isStopping);
                for (int i = 0; i < 20; i++) {
                    GreenThread.yieldTurn();
                }
                assertThat(stop.isDone()).isFalse();
                goOn.countDown();

                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_graceIsOver_killsTheRest() throws Exception {
        onHub(() -> {
            StreamServer server =
                    StreamServer.of(connection -> Thread.sleep(LONG)).start();
            try (Socket client = connect(server)) {
                await(() -> server.statistics().open() == 1);

                assertThat(server.stop(Duration.ofMillis(5))).isEqualTo(new StopReport(0, 1, 0));
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        });
    }

    @Test
    void stop_whomTheKernelHadAccepted_isServed() throws Exception {
        onHub(() -> {
            StreamServer server = StreamServer.of(ECHO).connections(1).start();
            Socket first = connect(server);
            await(() -> server.statistics().open() == 1);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(connect(server));
            }
            GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
            await(server::isStopping);
            first.close();
            for (Socket each : waiting) {
                assertThat(exchange(each, "hello")).isEqualTo("hello");
                each.close();
            }

            assertThat(stop.get()).isEqualTo(new StopReport(6, 0, 0));
        });
    }

    @Test
    void stop_graceIsOverWhileSomeWaitForRoom_leavesNoConnectionOpen() throws Exception {
        onHub(() -> {
            StreamServer server = StreamServer.of(connection -> Thread.sleep(LONG))
                    .connections(1)
                    .start();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(connect(server));
            }
            await(() -> server.statistics().open() == 1);

            assertThat(server.stop(Duration.ofMillis(5))).isEqualTo(new StopReport(0, 4, 0));
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                client.close();
            }
        });
    }

    @Test
    void stop_byAHandler_isRefused() throws Exception {
        onHub(() -> {
            StreamServer[] itself = {null};
            try (StreamServer server = StreamServer.of(connection -> {
                        assertThatThrownBy(() -> itself[0].stop(Duration.ZERO))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("it would wait for itself. Call stopAccepting");
                        itself[0].stopAccepting();
                        connection.output().write(1);
                    })
                    .start()) {
                itself[0] = server;
                try (Socket client = connect(server)) {
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                }
            }
        });
    }

    @Test
    void stop_fromOutsideTheHub_works() throws Exception {
        try (Hub hub = Hub.start()) {
            StreamServer server = StreamServer.of(ECHO).name("web").start(hub);
            try (Socket client = connect(server)) {
                assertThat(exchange(client, "hi")).isEqualTo("hi");
            }
            assertThat(server.stop(Duration.ofSeconds(30)).isClean()).isTrue();
            assertThat(server.toString()).contains("web").contains("not listening");
        }
    }

    @Test
    void close_ofTheHub_endsTheServer() throws Exception {
        Hub hub = Hub.builder().grace(Duration.ofMillis(20)).start();
        StreamServer server = StreamServer.of(ECHO).start(hub);
        try (Socket client = connect(server)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);

            CloseReport report = hub.close(Duration.ofMillis(20));

            assertThat(report.abandoned()).isEmpty();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(server.stop(Duration.ZERO).left()).isZero();
        }
    }

    @Test
    void input_afterAwaitRequest_beginsWithTheByteThatCame() throws Exception {
        onHub(() -> {
            String[] read = {""};
            try (StreamServer server = StreamServer.of(connection -> {
                        InputStream in = connection.input();
                        assertThat(connection.awaitRequest()).isTrue();
                        assertThat(connection.awaitRequest()).as("asked again").isTrue();
                        assertThat(in.available()).isPositive();
                        read[0] = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        assertThat(connection.awaitRequest()).isFalse();
                    })
                    .start()) {
                try (Socket client = connect(server)) {
                    assertThat(exchange(client, "whole")).isEmpty();
                }
                await(() -> server.statistics().served() == 1);
            }
            assertThat(read[0]).isEqualTo("whole");
        });
    }

    @Test
    void builder_nonsense_isRefused() {
        StreamServerBuilder options = StreamServer.of(ECHO);
        assertThatThrownBy(() -> options.connections(0))
                .hasMessageContaining("Cannot allow connections 0: use 1 or more.");
        assertThatThrownBy(() -> options.idle(Duration.ZERO)).hasMessageContaining("Cannot limit an idle time to PT0S");
        assertThatThrownBy(() -> options.grace(Duration.ofNanos(-1)))
                .hasMessageContaining("Use Duration.ZERO to kill at once.");
        assertThatThrownBy(() -> options.address(InetSocketAddress.createUnresolved("nowhere", 1)))
                .hasMessageContaining("the name is not known");
    }
}
