package greenlet.hub;

import static greenlet.hub.OnHub.await;
import static greenlet.hub.ServerClients.ECHO;
import static greenlet.hub.ServerClients.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server allows its clients: connections at once, and time without a byte. */
@org.junit.jupiter.api.Timeout(60)
class StreamServerLimitsTest {
    private final OnHub onHub = new OnHub();

    @Test
    void connections_atTheLimit_othersWaitUnaccepted() throws Exception {
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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
    void builder_changedAfterAStart_leavesWhatWasStartedAlone(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        List<String> prepared = new ArrayList<>();
        onHub.run(() -> {
            StreamServerBuilder builder = StreamServer.of(ECHO).tls(context, socket -> prepared.add("as started"));
            try (StreamServer server = builder.start()) {
                builder.tls(context, socket -> prepared.add("as changed"))
                        .idle(Duration.ofNanos(1))
                        .handshake(Duration.ofNanos(1));
                try (Socket client = context.getSocketFactory()
                        .createSocket(
                                server.address().getAddress(), server.address().getPort())) {
                    client.getOutputStream().write(1);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                }
            }
        });
        assertThat(prepared).containsExactly("as started");
    }

    @Test
    void limits_eternal_areNoLimits(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        Duration eternity = ChronoUnit.FOREVER.getDuration();
        onHub.run(() -> {
            StreamServer plain =
                    StreamServer.of(ECHO).idle(eternity).grace(eternity).start();
            try (StreamServer stalled = StreamServer.of(ECHO)
                            .tls(context)
                            .idle(eternity)
                            .handshake(Duration.ofMillis(30))
                            .start();
                    StreamServer secure = StreamServer.of(ECHO)
                            .tls(context)
                            .handshake(eternity)
                            .start()) {
                try (Socket client = connect(plain);
                        Socket mute = connect(stalled);
                        Socket tls = context.getSocketFactory()
                                .createSocket(
                                        secure.address().getAddress(),
                                        secure.address().getPort())) {
                    client.getOutputStream().write(1);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                    tls.getOutputStream().write(2);
                    assertThat(tls.getInputStream().read()).isEqualTo(2);
                    assertThat(mute.getInputStream().read()).isEqualTo(-1);
                }
                assertThat(stalled.statistics().handshakes()).isEqualTo(1);
            }
            plain.close();
            assertThat(plain.stop(eternity).isClean()).isTrue();
            assertThat(Pool.of(1).join(eternity)).isTrue();
        });
        assertThat(onHub.told()).isEmpty();
    }
}
