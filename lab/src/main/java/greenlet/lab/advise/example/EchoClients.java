package greenlet.lab.advise.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The clients of {@link EchoServer}, all in one loop of a process of their own. Public because its JVM starts it. */
public final class EchoClients {
    /** Length of a message. */
    static final int MESSAGE_BYTES = 64;

    private static final long THINK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private record Due(long atNanos, SocketChannel client) {}

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    /** All think equally long, so that they fall due in the order they came. */
    private final Deque<Due> thinking = new ArrayDeque<>();

    private final Queue<String> wishes = new ConcurrentLinkedQueue<>();

    private EchoClients() throws IOException {
        selector = Selector.open();
    }

    /**
     * For each line {@code PORT COUNT} on standard input opens so many connections to that port and talks on them until they are closed. Ends
     * when standard input does.
     *
     * @param arguments none
     * @throws IOException if it cannot connect
     */
    public static void main(String[] arguments) throws IOException {
        EchoClients clients = new EchoClients();
        Thread.ofPlatform().daemon().name("wishes").start(clients::listen);
        while (true) {
            clients.turn();
        }
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                wishes.add(line);
                selector.wakeup();
            }
        } catch (IOException broken) {
            // It says the same as its end.
        }
        Runtime.getRuntime().halt(0);
    }

    private void turn() throws IOException {
        selector.select(this::onReady, millisToWait());
        for (String wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            String[] words = wish.split(" ", -1);
            connect(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
        }
        long now = System.nanoTime();
        for (Due next = thinking.peek(); next != null && next.atNanos - now <= 0; next = thinking.peek()) {
            send(thinking.remove().client);
        }
    }

    /** Zero would wait for ever. */
    private long millisToWait() {
        Due next = thinking.peek();
        return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.atNanos - System.nanoTime()));
    }

    private void connect(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ, new int[1]);
            thinking.add(new Due(System.nanoTime() + THINK_NANOS, client));
        }
    }

    private void send(SocketChannel client) {
        try {
            // So short a message always fits the socket's send buffer.
            int sent = client.write(ByteBuffer.allocate(MESSAGE_BYTES));
            if (sent < MESSAGE_BYTES) {
                client.close();
            }
        } catch (IOException gone) {
            // The server has closed it; nothing more is sent on it.
        }
    }

    private void onReady(SelectionKey key) {
        SocketChannel client = (SocketChannel) key.channel();
        int[] received = (int[]) key.attachment();
        try {
            buffer.clear();
            int length = client.read(buffer);
            if (length < 0) {
                client.close();
                return;
            }
            received[0] += length;
            if (received[0] >= MESSAGE_BYTES) {
                received[0] = 0;
                thinking.add(new Due(System.nanoTime() + THINK_NANOS, client));
            }
        } catch (IOException gone) {
            key.cancel();
        }
    }
}
