package greenlet.bench.load;

import greenlet.hub.Connection;
import greenlet.hub.GreenThread;
import greenlet.hub.StreamServer;
import java.io.IOException;
import java.time.Duration;

/** {@link SocketServer}'s code behind the hub's own server, with its limits and its orderly end: they are what is measured. */
final class HelloStreamServer {
    private HelloStreamServer() {}

    /** Serves until the process ends. */
    static void serve() throws IOException, InterruptedException {
        StreamServer server = StreamServer.of(HelloStreamServer::answer).start();
        HelloServer.announce(server.address().getPort());
        GreenThread.sleep(Duration.ofDays(1)); // the server ends with this, the hub's main; the process, long before
    }

    private static void answer(Connection connection) throws IOException {
        Hello.answer(connection.input(), connection.output());
    }
}
