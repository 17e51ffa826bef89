package greenlet.lab.scenario;

import greenlet.lab.process.Lifeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/1.1 server on loopback that answers every request after a fixed time. One selector loop holds them all, so that it costs a few
 * microseconds a request whatever their number, and never is what the clients wait for. Public because its JVM starts it.
 */
public final class DelayServer {
    private static final int BACKLOG = 4096;
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private record Due(long atNanos, SocketChannel client) {}

    /** How far a connection's request has been read: the last four bytes seen. */
    private static final class Request {
        private int last;
    }

    private final long delayNanos;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    /** Every request waits equally long, so that they fall due in the order they came. */
    private final Queue<Due> waiting = new ArrayDeque<>();

    private DelayServer(long delayNanos) throws IOException {
        this.delayNanos = delayNanos;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Prints its port and serves until its standard input ends.
     *
     * @param arguments milliseconds that a request takes
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        Lifeline.watch();
        DelayServer loop = new DelayServer(TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[0])));
        System.out.println(loop.server.socket().getLocalPort());
        while (true) {
            loop.turn();
        }
    }

    private void turn() throws IOException {
        selector.select(this::serve, millisToWait());
        long now = System.nanoTime();
        for (Due next = waiting.peek(); next != null && next.atNanos - now <= 0; next = waiting.peek()) {
            waiting.remove();
            answer(next.client);
        }
    }

    /** Zero would wait for ever; a millisecond early or late is within what the system's own timer does. */
    private long millisToWait() {
        Due next = waiting.peek();
        if (next == null) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.atNanos - System.nanoTime()));
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof Request request) {
                read(key, (SocketChannel) key.channel(), request);
            }
        } catch (IOException gone) {
            close(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, new Request());
        }
    }

    private void read(SelectionKey key, SocketChannel client, Request request) throws IOException {
        buffer.clear();
        if (client.read(buffer) < 0) {
            close(key);
            return;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            request.last = request.last << 8 | (buffer.get() & 0xff);
            if (request.last == END_OF_HEAD) {
                waiting.add(new Due(System.nanoTime() + delayNanos, client));
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            // So short an answer always fits the socket's send buffer.
            client.write(ByteBuffer.wrap(ANSWER));
        } catch (IOException gone) {
            // The client gave up waiting; nobody is left to tell.
        }
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException alreadyBroken) {
            // It is closed either way.
        }
    }
}
