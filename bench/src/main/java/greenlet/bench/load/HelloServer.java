package greenlet.bench.load;

import greenlet.hub.Hub;
import greenlet.hub.Hubs;
import java.io.IOException;
import java.util.concurrent.Executors;

/** The main class of the servers on the JVM: prints its port, and serves until its standard input ends. */
final class HelloServer {
    private HelloServer() {}

    /** Says where to connect. */
    static void announce(int port) {
        System.out.println(port);
    }

    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().start(HelloServer::endWithParent);
        switch (Peer.valueOf(arguments[0])) {
            case HUB -> {
                Hubs.install();
                Hub.run(SocketServer::serve);
            }
            case VIRTUAL ->
                Thread.startVirtualThread(HelloServer::serveOnVirtualThread).join();
            case STREAM_SERVER -> {
                Hubs.install();
                Hub.run(HelloStreamServer::serve);
            }
            case JETTY_HUB -> {
                Hubs.install();
                JettyServer.serve(Hub.start().executor());
            }
            case JETTY_VIRTUAL -> JettyServer.serve(Executors.newVirtualThreadPerTaskExecutor());
            case NIO -> NioServer.serve();
            case NETTY -> NettyServer.serve();
            case GO, GEVENT -> throw new IllegalArgumentException(arguments[0] + " is not written in Java");
        }
    }

    private static void serveOnVirtualThread() {
        try {
            SocketServer.serve();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The parent holds the other end of our standard input, even when it is killed. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end is waited for.
            }
        } catch (IOException e) {
            // as good as an end
        }
        Runtime.getRuntime().halt(0);
    }
}
