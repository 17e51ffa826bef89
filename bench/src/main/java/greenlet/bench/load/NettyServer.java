package greenlet.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Netty's own epoll transport with one event loop and nothing above the bytes. */
final class NettyServer {
    private static final int BACKLOG = 1024;

    private NettyServer() {}

    /** Serves until the process ends. */
    static void serve() throws InterruptedException {
        EventLoopGroup loop = new EpollEventLoopGroup(1);
        var server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Answer());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        HelloServer.announce(((InetSocketAddress) server.localAddress()).getPort());
        var _ = server.closeFuture().sync();
    }

    private static final class Answer extends ChannelInboundHandlerAdapter {
        private final ByteBuf response = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(Hello.RESPONSE.length).writeBytes(Hello.RESPONSE));

        /** What has arrived of a request that came in pieces. */
        private @Nullable ByteBuf request;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf arrived = (ByteBuf) message;
            ByteBuf pending = request;
            ByteBuf whole = pending == null ? arrived : Unpooled.wrappedBuffer(pending, arrived);
            int end = whole.writerIndex();
            int length = whole.readableBytes();
            if (length >= 4 && Hello.isComplete(length, whole.getByte(end - 1), whole.getByte(end - 3))) {
                request = null;
                whole.release();
                var _ = context.write(response.duplicate());
            } else {
                request = whole;
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close(); // the load generator hangs up as it likes
        }
    }
}
