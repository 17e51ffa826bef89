package greenlet.bench.load;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A whole HTTP server whose handlers run on virtual threads: a hub's or the default ones. All else is as Jetty has it. */
final class JettyServer {
    private JettyServer() {}

    /** Serves until the process ends. */
    static void serve(Executor virtualThreads) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(virtualThreads);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(new HelloHandler());
        server.start();
        HelloServer.announce(connector.getLocalPort());
        server.join();
    }

    /** May block, says its kind of invocation, so that Jetty gives it a thread. */
    private static final class HelloHandler extends Handler.Abstract {
        private static final HttpField LENGTH = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, "5");
        private static final HttpField TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain");
        private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(LENGTH);
            response.getHeaders().put(TYPE);
            response.write(true, ByteBuffer.wrap(HELLO), callback);
            return true;
        }
    }
}
