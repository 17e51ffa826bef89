package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Steps of {@link TwoAtOnceTest} that wait in the hub's poller until another green thread sends a byte. */
// A sender that fails leaves its receiver waiting.
@SuppressWarnings("FutureReturnValueIgnored")
final class PolledSteps {
    private PolledSteps() {}

    static void datagram() throws IOException {
        try (DatagramChannel receiver =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketAddress address = receiver.getLocalAddress();
            Hub.current().spawn(() -> {
                try (DatagramChannel sender = DatagramChannel.open()) {
                    sender.send(one(), address);
                }
            });
            ByteBuffer heard = ByteBuffer.allocate(1);
            receiver.receive(heard);
            assertThat(heard.get(0)).isEqualTo((byte) 1);
        }
    }

    static void pipe() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            Hub.current().spawn(() -> sink.write(one()));
            ByteBuffer heard = ByteBuffer.allocate(1);
            assertThat(source.read(heard)).isEqualTo(1);
        }
    }

    static void selector() throws IOException {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open();
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            source.configureBlocking(false);
            source.register(selector, SelectionKey.OP_READ);
            Hub.current().spawn(() -> sink.write(one()));
            assertThat(selector.select()).isEqualTo(1);
            assertThat(source.read(ByteBuffer.allocate(1))).isEqualTo(1);
        }
    }

    private static ByteBuffer one() {
        return ByteBuffer.wrap(new byte[] {1});
    }
}
