package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

/** HTTP by well-kept servers whose requests run on a hub. */
@org.junit.jupiter.api.Timeout(120)
class HttpServersTest {
    private static final int CLIENTS = 40;

    /** What every request does: all are inside at once, on one hub, over a map that nothing synchronises. */
    private static final class Work {
        private final Hub hub;
        private final CountDownLatch allInside = new CountDownLatch(CLIENTS);
        private final Map<String, Integer> hits = new HashMap<>();

        Work(Hub hub) {
            this.hub = hub;
        }

        byte[] answer(String path) {
            hub.ensureCurrent();
            allInside.countDown();
            try {
                allInside.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this", e);
            }
            hits.merge(path, 1, Integer::sum);
            return ("hello " + path).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static void askAll(int port, Work work) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                URI uri = URI.create("http://127.0.0.1:" + port + "/page");
                answers.add(
                        client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.join().body()).isEqualTo("hello /page");
            }
        }
        assertThat(work.hits).containsExactly(Map.entry("/page", CLIENTS));
    }

    @Test
    void jdkHttpServer_onAHub_runsItsHandlersThere() throws IOException {
        try (Hub hub = Hub.start()) {
            Work work = new Work(hub);
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CLIENTS);
            server.setExecutor(hub.executor());
            server.createContext("/", exchange -> {
                byte[] body = work.answer(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            try {
                askAll(server.getAddress().getPort(), work);
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void jetty_onAHub_runsItsHandlersThere() throws Exception {
        try (Hub hub = Hub.start()) {
            Work work = new Work(hub);
            QueuedThreadPool threads = new QueuedThreadPool(16);
            threads.setVirtualThreadsExecutor(hub.executor());
            Server server = new Server(threads);
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(new Handler.Abstract() {
                @Override
                public boolean handle(Request request, Response response, Callback callback) {
                    byte[] body = work.answer(Request.getPathInContext(request));
                    response.write(true, ByteBuffer.wrap(body), callback);
                    return true;
                }
            });
            server.start();
            try {
                askAll(connector.getLocalPort(), work);
            } finally {
                server.stop();
            }
        }
    }
}
