package greenlet.hub;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a {@link StreamServer} has accepted.
 *
 * {@snippet :
 * StreamServer.of(connection -> {
 *     while (connection.awaitRequest()) {   // false: the peer has finished, or the server is stopping
 *         Request request = Request.read(connection.input());
 *         answer(request).writeTo(connection.output());
 *     }
 * });
 * }
 *
 * <p><b>Buffers.</b> The streams buffer nothing (one byte, after {@link #awaitRequest()}): what a peer sends waits in the kernel, up to the receive
 * buffer, until the handler reads it, and a peer that does not read stops the handler's writes. TLS adds one record in each direction, 16 KiB. So what a
 * handler itself collects is the only thing without a limit: give it one ({@link InputStream#readNBytes(int)}, never
 * {@code readAllBytes} or {@code readLine}).
 *
 * <p><b>Time.</b> A connection that waits for its peer, to read or to write, longer than the server's idle limit without a byte moving in either direction is
 * closed; who waits gets a {@link SocketTimeoutException}. Time that the handler spends otherwise does not count. Of a write it is seen in steps whether bytes move, of
 * 64 KiB or a third of the kernel's send buffer if that is more: a peer that takes less within the limit has moved none.
 *
 * <p><b>Turns.</b> After 64 reads and writes that need not wait the others have their turns, so that no peer keeps the hub by being always ready.
 *
 * <p>Confined to its hub's carrier thread; reading and writing may be two green threads' work.
 */
public final class Connection implements Closeable {
    /** Long writes are cut into pieces of this size, so that a slow peer that reads is told apart from one that does not. */
    static final int LARGEST_WRITE_BYTES = 1 << 16;

    /** After so many reads and writes in one turn the others have theirs: a peer that is always ready would keep the hub for itself. */
    static final int MOST_IN_A_TURN = 64;

    /** At the end so much of what the peer has sent in vain is read, at most: unread bytes would make the kernel reset the connection. */
    private static final int MOST_LEFTOVER_BYTES = 1 << 16;

    /** Why the server closed it, if it did. */
    enum Cut {
        NO,
        IDLE,
        HANDSHAKE,
        STOPPING
    }

    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final StreamServer server;
    private final Hub hub;
    private final Socket raw;
    private final InetSocketAddress remote;
    private final InputStream input = new PeerInput();
    private final OutputStream output = new PeerOutput();

    private Socket socket;
    private @Nullable TlsRecords records;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private Cut cut = Cut.NO;
    private int pushedBack = -1;
    private boolean awaitingRequest;
    private long handshakeEndsNanos = NOT_WAITING;
    private long readingSince = NOT_WAITING;
    private long writingSince = NOT_WAITING;
    private long movedAt;
    private long turn;
    private int inTurn;

    Connection(StreamServer server, SocketChannel channel) throws IOException {
        this.server = server;
        this.hub = server.hub();
        this.raw = channel.socket();
        this.remote = (InetSocketAddress) channel.getRemoteAddress();
        this.socket = raw;
        this.movedAt = hub.clock().nanos();
    }

    /**
     * What the peer sends. Reads are switch points. Not a switch point itself.
     *
     * @return an unbuffered stream, the same at every call
     */
    public InputStream input() {
        return input;
    }

    /**
     * To the peer. Writes are switch points. Not a switch point itself.
     *
     * @return an unbuffered stream, the same at every call
     */
    public OutputStream output() {
        return output;
    }

    /**
     * The socket, for its options and its TLS session. What is read or written past {@link #input} and {@link #output} the idle limit does not see. Not
     * a switch point.
     *
     * @return the socket, an {@link SSLSocket} if the server speaks TLS
     */
    public Socket socket() {
        return socket;
    }

    /**
     * Who the peer is. Not a switch point.
     *
     * @return its address and port
     */
    public InetSocketAddress remote() {
        return remote;
    }

    /**
     * Whether the server is stopping: the handler should come to an end. Not a switch point.
     *
     * @return true from the order to stop on
     */
    public boolean isStopping() {
        return server.isStopping();
    }

    /**
     * Waits for the first byte of another request and leaves it to be read. While a handler waits here it is between two requests, and a stopping server may
     * end it without losing one. A switch point.
     *
     * @return true if there is a byte to read; false if the peer has finished, has been idle too long, or the server is stopping and nothing has come
     * @throws IOException if the connection is broken
     */
    public boolean awaitRequest() throws IOException {
        if (pushedBack >= 0 || input.available() > 0) {
            return true;
        }
        if (isStopping() && !hasInput()) {
            return false;
        }
        int first;
        awaitingRequest = true;
        try {
            first = input.read();
        } catch (IOException e) {
            if (cut != Cut.NO) {
                return false;
            }
            throw e;
        } finally {
            awaitingRequest = false;
        }
        if (first < 0 || cut != Cut.NO) {
            return false; // after a cut, what came in at the last moment could not be read to its end
        }
        pushedBack = first;
        return true;
    }

    /** Closes the connection. A switch point. */
    @Override
    public void close() throws IOException {
        try {
            if ((cut == Cut.NO || cut == Cut.STOPPING) && !raw.isClosed()) {
                say();
            }
        } finally {
            raw.close();
        }
    }

    @Override
    public String toString() {
        return "Connection[from " + remote + "]";
    }

    Cut cut() {
        return cut;
    }

    /** Streams without TLS. */
    void usePlain() throws IOException {
        in = raw.getInputStream();
        out = raw.getOutputStream();
    }

    /** Shakes hands, for so long at most. */
    void useTls(SSLSocketFactory factory, long mostNanos) throws IOException {
        handshakeEndsNanos = hub.clock().nanos() + mostNanos;
        try {
            SSLSocket tls = layered(factory);
            socket = tls;
            tls.setUseClientMode(false);
            server.prepare(tls);
            tls.startHandshake();
            in = tls.getInputStream();
            out = tls.getOutputStream();
        } finally {
            handshakeEndsNanos = NOT_WAITING;
        }
    }

    /** Who makes TLS reads through our eyes, if the provider can: only so is a record known of which a part has come. */
    private SSLSocket layered(SSLSocketFactory factory) throws IOException {
        TlsRecords watched = new TlsRecords(raw.getInputStream(), this::endIfStopping);
        try {
            SSLSocket tls = (SSLSocket) factory.createSocket(raw, watched, true);
            records = watched;
            return tls;
        } catch (UnsupportedOperationException e) {
            return (SSLSocket) factory.createSocket(raw, remote.getAddress().getHostAddress(), remote.getPort(), true);
        }
    }

    /** Whether a limit is over, and which. In the server's watch, between two turns of the handler. */
    Cut overdue(long nowNanos, long idleNanos) {
        if (handshakeEndsNanos != NOT_WAITING) {
            return nowNanos - handshakeEndsNanos >= 0 ? Cut.HANDSHAKE : Cut.NO;
        }
        boolean waits = isOver(readingSince, nowNanos, idleNanos) || isOver(writingSince, nowNanos, idleNanos);
        return waits && nowNanos - movedAt >= idleNanos ? Cut.IDLE : Cut.NO;
    }

    /** Closes it from another green thread; past TLS, whose close would wait for the peer. */
    void cutOff(Cut why) throws IOException {
        if (cut == Cut.NO) {
            cut = why;
        }
        raw.close();
    }

    /** If it is between two requests, and nothing of the next one is there, it ends. Called without a switch since the order to stop. */
    void endIfBetweenRequests() throws IOException {
        if (awaitingRequest && cut == Cut.NO && !hasInput()) {
            cut = Cut.STOPPING;
            raw.shutdownInput(); // ends the read with an end of stream; the handler goes on and closes in good order
        }
    }

    /** Before another TLS record is read: those since the order to stop may have been of no request, but about the keys. */
    private void endIfStopping() throws IOException {
        if (isStopping()) {
            endIfBetweenRequests();
        }
    }

    /** Whether something of the next request has come and has not been handed out, be it a part of a TLS record. */
    boolean hasInput() throws IOException {
        return isWithinRecord() || raw.getInputStream().available() > 0;
    }

    /** Whether a part of a TLS record has been read, for which the reader waits for the rest. */
    boolean isWithinRecord() {
        TlsRecords read = records;
        return read != null && read.isWithinOne();
    }

    private static boolean isOver(long since, long nowNanos, long idleNanos) {
        return since != NOT_WAITING && nowNanos - since >= idleNanos;
    }

    /** The end in good order: what was written arrives before the end of stream, and no reset overtakes it. */
    private void say() throws IOException {
        writingSince = hub.clock().nanos();
        try {
            if (socket instanceof SSLSocket) {
                socket.close();
                return;
            }
            if (!raw.isOutputShutdown()) {
                raw.shutdownOutput();
            }
            if (!raw.isInputShutdown()) {
                InputStream leftover = raw.getInputStream();
                int read = 0;
                while (read < MOST_LEFTOVER_BYTES && leftover.available() > 0) {
                    read += leftover.readNBytes(Math.min(1024, leftover.available())).length;
                }
            }
        } finally {
            writingSince = NOT_WAITING;
        }
    }

    /** Before a read or write, never between one and its bookkeeping: a byte that has been read must not be missed by who looks meanwhile. */
    private void giveTurn() {
        long now = hub.switchCount();
        if (now != turn) {
            turn = now;
            inTurn = 0;
        } else if (++inTurn >= MOST_IN_A_TURN) {
            GreenThread.yieldTurn();
        }
    }

    private IOException explained(IOException failure) {
        if (cut != Cut.IDLE) {
            return failure;
        }
        SocketTimeoutException idle = new SocketTimeoutException("Closed the connection from " + remote
                + ": its peer moved no byte for longer than the server's idle limit. Raise StreamServerBuilder.idle if"
                + " peers may be that slow.");
        idle.initCause(failure);
        return idle;
    }

    private static <S> S opened(@Nullable S stream) throws IOException {
        if (stream == null) {
            throw new IOException("The connection is not set up yet: please report this as a bug");
        }
        return stream;
    }

    private final class PeerInput extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0 && pushedBack >= 0) {
                bytes[offset] = (byte) pushedBack;
                pushedBack = -1;
                return 1;
            }
            giveTurn();
            readingSince = hub.clock().nanos();
            try {
                return opened(in).read(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            } finally {
                readingSince = NOT_WAITING;
                movedAt = hub.clock().nanos();
            }
        }

        @Override
        public int available() throws IOException {
            return (pushedBack >= 0 ? 1 : 0) + opened(in).available();
        }

        @Override
        public void close() throws IOException {
            Connection.this.close();
        }
    }

    private final class PeerOutput extends OutputStream {
        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            for (int at = offset; at < end; at += LARGEST_WRITE_BYTES) {
                writePiece(bytes, at, Math.min(LARGEST_WRITE_BYTES, end - at));
            }
        }

        private void writePiece(byte[] bytes, int offset, int length) throws IOException {
            giveTurn();
            writingSince = hub.clock().nanos();
            try {
                opened(out).write(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            } finally {
                writingSince = NOT_WAITING;
                movedAt = hub.clock().nanos();
            }
        }

        @Override
        public void flush() throws IOException {
            opened(out).flush();
        }

        @Override
        public void close() throws IOException {
            Connection.this.close();
        }
    }
}
