package greenlet.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Touches what the JDK loads and initialises when it is first used, which takes up to half a second for one call. */
final class WarmUp {
    /** By name, because the module may be absent. */
    private static final String HTTP_CLIENT = "java.net.http.HttpClient";

    private WarmUp() {}

    /** All of it, on the calling thread. */
    static void run() throws IOException {
        sockets();
        tls();
        httpClient();
    }

    /** Loads and initialises the classes, on the calling thread. */
    static void initialise(List<Class<?>> classes) {
        for (Class<?> each : classes) {
            try {
                Class.forName(each.getName(), true, each.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError("It is loaded: " + each, e);
            }
        }
    }

    private static void sockets() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            client.write(ByteBuffer.wrap(new byte[1]));
            accepted.read(ByteBuffer.allocate(1));
        }
        InetAddress.getByName("localhost");
    }

    private static void tls() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.beginHandshake();
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (NoSuchAlgorithmException | IOException e) {
            // A JVM without TLS has nothing to warm up; whoever uses it gets the error.
        }
    }

    private static void httpClient() {
        try {
            Object client =
                    Class.forName(HTTP_CLIENT).getMethod("newHttpClient").invoke(null);
            ((AutoCloseable) client).close();
        } catch (Exception e) {
            // Not in this JVM, or not usable: whoever uses it gets the error.
        }
    }
}
