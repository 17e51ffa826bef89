package greenlet.hub;

import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StreamServer} was started with: its builder may be changed and used for another. Immutable.
 *
 * @param tls makes sockets that speak TLS, null for plain ones
 * @param prepare is applied to each of these before its handshake
 * @param sendBufferBytes zero for the system's
 */
record ServerOptions(
        String name,
        ConnectionHandler handler,
        @Nullable SSLSocketFactory tls,
        Consumer<SSLSocket> prepare,
        int backlog,
        long idleNanos,
        long handshakeNanos,
        int sendBufferBytes,
        Duration grace) {
    static @Nullable SSLSocketFactory factoryOf(@Nullable SSLContext context) {
        return context == null ? null : context.getSocketFactory();
    }
}
