package greenlet.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What one writes by hand for speed: one thread, one selector, one buffer for each connection. */
final class NioServer {
    private static final int BACKLOG = 1024;

    private final Selector selector;
    private final ByteBuffer response;

    private NioServer(Selector selector) {
        this.selector = selector;
        this.response = ByteBuffer.allocateDirect(Hello.RESPONSE.length)
                .put(Hello.RESPONSE)
                .flip();
    }

    /** Serves until the process ends. */
    static void serve() throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            HelloServer.announce(((InetSocketAddress) server.getLocalAddress()).getPort());
            NioServer loop = new NioServer(selector);
            while (true) {
                selector.select(loop::serve);
            }
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else {
                answer(key);
            }
        } catch (IOException e) { // the load generator hangs up as it likes
            hangUp(key);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel accepted = server.accept();
        if (accepted != null) {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accepted.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(Hello.MOST_REQUEST_BYTES));
        }
    }

    private void answer(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer request = (ByteBuffer) key.attachment();
        if (channel.read(request) < 0) {
            hangUp(key);
            return;
        }
        int length = request.position();
        if (length >= 4 && Hello.isComplete(length, request.get(length - 1), request.get(length - 3))) {
            request.clear();
            channel.write(response.rewind()); // a hundred bytes: the socket's buffer takes them
        }
    }

    private static void hangUp(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
