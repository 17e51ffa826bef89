package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's HTTP clients and TLS, while the other end keeps them waiting. */
@Timeout(120)
class HttpAndTlsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** A server outside the hub that answers when it is let. */
    private static final class SlowServer implements AutoCloseable {
        private final CountDownLatch released = new CountDownLatch(1);
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final HttpServer server;

        SlowServer() throws IOException {
            server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                awaitRelease();
                byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        private void awaitRelease() {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
            server.stop(0);
            threads.close();
        }
    }

    /** Their classes load for as long as docs/blocking-calls.md says; here it is about the calls. */
    @BeforeAll
    static void load() throws InterruptedException {
        Hubs.warmUp();
    }

    @Test
    void httpClient_serverIsSlow_letsOthersRun() throws Exception {
        try (SlowServer server = new SlowServer();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri()).build();

            Sibling.hasTurnsDuring(
                    () -> assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .isEqualTo("hello"),
                    server::release);
        }
    }

    @Test
    void urlConnection_serverIsSlow_letsOthersRun() throws Exception {
        try (SlowServer server = new SlowServer()) {
            Sibling.hasTurnsDuring(
                    () -> {
                        try (InputStream body = server.uri().toURL().openStream()) {
                            assertThat(body.readAllBytes()).hasSize(5);
                        }
                    },
                    server::release);
        }
    }

    @Test
    void tls_handshakeIsNotAnswered_letsOthersRun(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));
        try (ServerSocket server = context.getServerSocketFactory().createServerSocket(0, 1, LOOPBACK);
                Socket client = context.getSocketFactory().createSocket(LOOPBACK, server.getLocalPort())) {
            CountDownLatch released = new CountDownLatch(1);
            Thread answering = Thread.ofPlatform().start(() -> {
                try {
                    released.await();
                    try (Socket accepted = server.accept()) {
                        accepted.getOutputStream()
                                .write(accepted.getInputStream().read() + 1);
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });

            Sibling.hasTurnsDuring(
                    () -> {
                        client.getOutputStream().write(41);
                        assertThat(client.getInputStream().read()).isEqualTo(42);
                    },
                    released::countDown);
            answering.join();
        }
    }

    @Test
    void tls_bothEndsOnOneHub_exchange(@TempDir Path directory) throws Exception {
        SSLContext context = TestTls.context(directory.resolve("key.p12"));

        int answer = Hub.run(() -> {
            try (ServerSocket server = context.getServerSocketFactory().createServerSocket(0, 1, LOOPBACK)) {
                GreenThread<?> echo = Hub.current().spawn("echo", () -> {
                    try (Socket accepted = server.accept()) {
                        accepted.getInputStream().transferTo(accepted.getOutputStream());
                    }
                });
                try (Socket client = context.getSocketFactory().createSocket(LOOPBACK, server.getLocalPort())) {
                    client.getOutputStream().write(7);
                    int read = client.getInputStream().read();
                    client.shutdownOutput();
                    echo.join();
                    return read;
                }
            }
        });

        assertThat(answer).isEqualTo(7);
    }
}
