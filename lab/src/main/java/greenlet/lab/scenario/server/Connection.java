package greenlet.lab.scenario.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One of the generator's connections; to a server that closes after each answer, one connection after another in the same place.
 *
 * <pre>
 * FREE -> CONNECTING   a request is sent and there is no open connection
 * FREE -> WAITING      a request is sent on the open one
 * CONNECTING -> WAITING   connected: the request goes out
 * WAITING -> FREE      the answer is complete and, of a server that closes, so is the end
 * </pre>
 */
final class Connection {
    private enum State {
        FREE,
        CONNECTING,
        WAITING
    }

    private final Selector selector;
    private final SocketAddress server;
    private final boolean keepAlive;
    private final ByteBuffer request = ByteBuffer.wrap(Http.REQUEST);
    private State state = State.FREE;
    private @Nullable SocketChannel channel;
    private int answerBytes;
    private int missing;
    private long dueNanos;
    private long freeSinceNanos;
    private long answeredNanos;

    Connection(Selector selector, SocketAddress server, boolean keepAlive) {
        this.selector = selector;
        this.server = server;
        this.keepAlive = keepAlive;
    }

    /** When the request under way was due. */
    long dueNanos() {
        return dueNanos;
    }

    /** When the last answer was complete. */
    long answeredNanos() {
        return answeredNanos;
    }

    /** How long a request that is sent now has been held back although it was due and this connection free. */
    long lag(long due, long now) {
        return now - Math.max(due, freeSinceNanos);
    }

    void send(long due) throws IOException {
        dueNanos = due;
        missing = answerBytes;
        SocketChannel open = channel;
        if (open != null) {
            write(open);
            return;
        }
        open = SocketChannel.open();
        channel = open;
        open.configureBlocking(false);
        open.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = open.connect(server);
        open.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        if (connected) {
            write(open);
        } else {
            state = State.CONNECTING;
        }
    }

    /** Handles what the selector found; tells whether the connection is free again. */
    boolean onReady(SelectionKey key, ByteBuffer buffer) throws IOException {
        SocketChannel open = (SocketChannel) key.channel();
        if (key.isConnectable()) {
            open.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            write(open);
            return false;
        }
        buffer.clear();
        int read = open.read(buffer);
        if (read < 0) {
            return onEnd();
        }
        if (answerBytes == 0) {
            learn(buffer);
        }
        missing -= read;
        if (state != State.WAITING || missing < 0) {
            throw new IOException("Cannot use the server's answers: more bytes came than the request asked for.");
        }
        if (missing == 0) {
            answeredNanos = System.nanoTime();
            return keepAlive && free();
        }
        return false;
    }

    void close() throws IOException {
        SocketChannel open = channel;
        if (open != null) {
            open.close();
            channel = null;
        }
        state = State.FREE;
    }

    private boolean onEnd() throws IOException {
        boolean complete = state == State.WAITING && missing == 0 && answerBytes > 0;
        close();
        if (keepAlive || !complete) {
            throw new IOException("Cannot go on with the load: the server closed a connection"
                    + (complete ? " that it should have kept." : " before its answer was complete."));
        }
        return free();
    }

    private boolean free() {
        state = State.FREE;
        freeSinceNanos = answeredNanos;
        return true;
    }

    /** So short a request always fits the socket's send buffer. */
    private void write(SocketChannel open) throws IOException {
        request.rewind();
        if (open.write(request) != Http.REQUEST.length) {
            throw new IOException("Cannot send a request whole: the server does not read what it was sent before.");
        }
        state = State.WAITING;
    }

    /** The first answer tells how long all of them are. */
    private void learn(ByteBuffer buffer) throws IOException {
        byte[] start = new byte[buffer.position()];
        buffer.get(0, start);
        answerBytes = Http.lengthOfAnswer(start);
        missing = answerBytes;
        if (answerBytes == 0) {
            throw new IOException("Cannot use the server's answer: its head came in pieces. Send it in one write.");
        }
    }
}
