package greenlet.hub;

import static greenlet.hub.OnHub.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a server that speaks TLS, where what has come of a request may be neither in the kernel nor to be read. */
@org.junit.jupiter.api.Timeout(60)
class StreamServerTlsStopTest {
    private static final Duration LONG = Duration.ofDays(1);

    private static SSLContext context;

    private final OnHub onHub = new OnHub();
    private final List<Connection> served = new ArrayList<>();
    private boolean held;

    @BeforeAll
    static void makeKeys(@TempDir Path directory) throws Exception {
        context = TestTls.context(directory.resolve("key.p12"));
    }

    /** Answers each byte with the next, and the byte 100 only when it may go on. */
    private StreamServer start(SSLContext tls, CountDownLatch goOn) throws IOException {
        return StreamServer.of(connection -> {
                    served.add(connection);
                    while (connection.awaitRequest()) {
                        int request = connection.input().read();
                        if (request == 100) {
                            held = true;
                            goOn.await();
                        }
                        connection.output().write(request + 1);
                    }
                })
                .tls(tls)
                .start();
    }

    private static SSLSocket connect(StreamServer server) throws IOException {
        return (SSLSocket) context.getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort());
    }

    private static void exchange(Socket client, int request) throws IOException {
        client.getOutputStream().write(request);
        assertThat(client.getInputStream().read()).isEqualTo(request + 1);
    }

    private static GreenThread<StopReport> stopping(StreamServer server) throws InterruptedException {
        GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
        await(server::isStopping);
        for (int i = 0; i < 20; i++) {
            GreenThread.yieldTurn(); // who waits for a request has been looked at
        }
        return stop;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 12})
    void stop_partOfARecordHasBeenRead_itsRequestIsAnswered(int part) throws Exception {
        onHub.run(() -> {
            StreamServer server = start(context, new CountDownLatch(0));
            try (Withholding under = new Withholding(server);
                    Socket client =
                            context.getSocketFactory().createSocket(under, "localhost", under.getPort(), true)) {
                exchange(client, 1);
                under.letPass = part;
                client.getOutputStream().write(7);
                await(() -> served.getFirst().isWithinRecord());

                GreenThread<StopReport> stop = stopping(server);
                under.sendRest();

                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_anotherRequestHasComeBehindTheOneUnderWay_bothAreAnswered() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        onHub.run(() -> {
            StreamServer server = start(context, goOn);
            try (Socket client = connect(server)) {
                exchange(client, 1);
                client.getOutputStream().write(100);
                await(() -> held);
                client.getOutputStream().write(7);
                await(() -> hasInput(served.getFirst()));

                GreenThread<StopReport> stop = stopping(server);
                goOn.countDown();

                assertThat(client.getInputStream().read()).isEqualTo(101);
                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_recordWithoutARequestHasCome_endsAllTheSame() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        onHub.run(() -> {
            StreamServer server = start(context, goOn);
            try (SSLSocket client = connect(server)) {
                exchange(client, 1);
                client.getOutputStream().write(100);
                await(() -> held);
                client.startHandshake(); // in TLS 1.3 a record that asks for other keys
                await(() -> hasInput(served.getFirst()));

                GreenThread<StopReport> stop = stopping(server);
                goOn.countDown();

                assertThat(client.getInputStream().read()).isEqualTo(101);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_killsInTheHandshake_isNoFailureOfIt() throws Exception {
        onHub.run(() -> {
            StreamServer server = start(context, new CountDownLatch(0));
            try (Socket mute =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                await(() -> server.statistics().open() == 1);
                for (int i = 0; i < 20; i++) {
                    GreenThread.yieldTurn(); // it waits for the handshake
                }

                assertThat(server.stop(Duration.ZERO)).isEqualTo(new StopReport(0, 1, 0));

                assertThat(server.statistics().handshakes()).isZero();
                assertThat(mute.getInputStream().read()).isEqualTo(-1);
            }
        });
    }

    @Test
    void stop_betweenRequests_endsWithTlssOwnEnd() throws Exception {
        onHub.run(() -> {
            StreamServer server = start(context, new CountDownLatch(0));
            try (Withholding under = new Withholding(server);
                    SSLSocket client = (SSLSocket)
                            context.getSocketFactory().createSocket(under, "localhost", under.getPort(), true)) {
                exchange(client, 1);

                assertThat(server.stop(LONG)).isEqualTo(new StopReport(1, 0, 0));

                byte[] alert = under.getInputStream().readAllBytes(); // past the client's TLS
                assertThat(alert).hasSizeGreaterThan(5).startsWith(23, 3, 3); // a sealed record, and then the end
                assertThat(5 + (alert[3] << 8) + alert[4]).isEqualTo(alert.length);
            }
        });
    }

    @Test
    void serve_providerThatCannotReadThroughAStream_servesAndStops() throws Exception {
        onHub.run(() -> {
            StreamServer server = start(new Simple(context), new CountDownLatch(0));
            try (Socket client = connect(server)) {
                exchange(client, 1);
                exchange(client, 7);

                assertThat(server.stop(LONG)).isEqualTo(new StopReport(1, 0, 0));
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        });
    }

    private static boolean hasInput(Connection connection) {
        try {
            return connection.hasInput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends only a part of what comes when that has been limited, and the rest later. */
    private static final class Withholding extends Socket {
        int letPass = Integer.MAX_VALUE;
        private byte[] rest = {};

        Withholding(StreamServer server) throws IOException {
            super(server.address().getAddress(), server.address().getPort());
        }

        void sendRest() throws IOException {
            letPass = Integer.MAX_VALUE;
            super.getOutputStream().write(rest);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    int now = Math.min(letPass, length);
                    out.write(bytes, offset, now);
                    rest = Arrays.copyOfRange(bytes, offset + now, offset + length);
                }
            };
        }
    }

    /** A provider with what it must have and no more. */
    private static final class Simple extends SSLContext {
        Simple(SSLContext real) {
            super(new SimpleSpi(real), real.getProvider(), real.getProtocol());
        }
    }

    private static final class SimpleSpi extends SSLContextSpi {
        private final SSLContext real;

        SimpleSpi(SSLContext real) {
            this.real = real;
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {}

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new SimpleFactory(real.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return real.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return real.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return real.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return real.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return real.getClientSessionContext();
        }
    }

    private static final class SimpleFactory extends SSLSocketFactory {
        private final SSLSocketFactory real;

        SimpleFactory(SSLSocketFactory real) {
            this.real = real;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return real.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return real.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return real.createSocket(socket, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return real.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return real.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return real.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return real.createSocket(host, port, local, localPort);
        }
    }
}
