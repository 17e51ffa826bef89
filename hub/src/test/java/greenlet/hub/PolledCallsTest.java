package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Waits for input, which the hub itself polls for: others have their turns meanwhile. */
@Timeout(120)
class PolledCallsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static ByteBuffer one() {
        return ByteBuffer.wrap(new byte[] {1});
    }

    @Test
    void socket_accept_letsOthersRun() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket client = new Socket()) {
            Sibling.hasTurnsDuring(
                    () -> server.accept().close(),
                    () -> client.connect(new InetSocketAddress(LOOPBACK, server.getLocalPort())));
        }
    }

    @Test
    void socket_read_letsOthersRun() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket client = new Socket(LOOPBACK, server.getLocalPort());
                Socket accepted = server.accept()) {
            Sibling.hasTurnsDuring(
                    () -> assertThat(accepted.getInputStream().read()).isEqualTo(1),
                    () -> client.getOutputStream().write(1));
        }
    }

    @Test
    void socketChannel_readOfAUnixSocket_letsOthersRun(@TempDir Path directory) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address)) {
            readAndWrite(SocketChannel.open(address), server.accept());
        }
    }

    @Test
    void socketChannel_read_letsOthersRun() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
            readAndWrite(SocketChannel.open(server.getLocalAddress()), server.accept());
        }
    }

    private static void readAndWrite(SocketChannel client, SocketChannel accepted) throws Exception {
        try (client;
                accepted) {
            Sibling.hasTurnsDuring(() -> accepted.read(ByteBuffer.allocate(1)), () -> client.write(one()));
        }
    }

    @Test
    void datagramSocket_receive_letsOthersRun() throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, LOOPBACK);
                DatagramSocket sender = new DatagramSocket()) {
            Sibling.hasTurnsDuring(
                    () -> receiver.receive(new DatagramPacket(new byte[1], 1)),
                    () -> sender.send(new DatagramPacket(new byte[1], 1, receiver.getLocalSocketAddress())));
        }
    }

    @Test
    void datagramChannel_receive_letsOthersRun() throws Exception {
        try (DatagramChannel receiver = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
                DatagramChannel sender = DatagramChannel.open()) {
            Sibling.hasTurnsDuring(
                    () -> receiver.receive(ByteBuffer.allocate(1)),
                    () -> sender.send(one(), receiver.getLocalAddress()));
        }
    }

    @Test
    void pipe_read_letsOthersRun() throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            Sibling.hasTurnsDuring(() -> source.read(ByteBuffer.allocate(1)), () -> sink.write(one()));
        }
    }

    @Test
    void selector_select_letsOthersRun() throws Exception {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open();
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);

            Sibling.hasTurnsDuring(() -> assertThat(selector.select()).isEqualTo(1), () -> sink.write(one()));
        }
    }
}
