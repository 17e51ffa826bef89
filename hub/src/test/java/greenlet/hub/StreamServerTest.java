package greenlet.hub;

import static greenlet.hub.OnHub.await;
import static greenlet.hub.ServerClients.ECHO;
import static greenlet.hub.ServerClients.connect;
import static greenlet.hub.ServerClients.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and their clients as green threads of one hub. */
// What a client comes to is awaited; a read that tells of the end of the stream has no other use.
@SuppressWarnings("FutureReturnValueIgnored")
@org.junit.jupiter.api.Timeout(60)
class StreamServerTest {
    private final OnHub onHub = new OnHub();

    @Test
    void start_defaults_listensOnLoopbackOnly() throws Exception {
        onHub.run(() -> {
            try (StreamServer server = StreamServer.of(ECHO).start()) {
                assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
                assertThat(server)
                        .hasToString("StreamServer[server on " + server.address() + ", accepting, 0 connections]");
            }
        });
    }

    @Test
    void start_portIsTaken_saysWhere() throws Exception {
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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
    void serve_tlsClientStallsInTheHandshake_othersAreServed(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        onHub.run(() -> {
            try (StreamServer server = StreamServer.of(ECHO)
                    .tls(context)
                    .handshake(Duration.ofDays(1)) // so that the others may take their time
                    .grace(Duration.ZERO)
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
                    assertThat(server.statistics().handshakes()).isZero();
                }
                await(() -> server.statistics().handshakes() == 1);
            }
        });
    }

    @Test
    void serve_tlsClientStallsInTheHandshake_isCut(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        onHub.run(() -> {
            try (StreamServer server = StreamServer.of(ECHO)
                    .tls(context)
                    .handshake(Duration.ofMillis(20))
                    .start()) {
                try (Socket stalling = connect(server)) {
                    stalling.getOutputStream().write(22);
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
        onHub.run(() -> {
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

        assertThat(onHub.told()).containsExactly(bug);
    }

    @Test
    void serve_peerHasSentMoreThanIsRead_getsItsAnswerAllTheSame() throws Exception {
        onHub.run(() -> {
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
    void input_afterAwaitRequest_beginsWithTheByteThatCame() throws Exception {
        onHub.run(() -> {
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
