package greenlet.bench.load;

import greenlet.hub.Connection;
import greenlet.hub.GreenThread;
import greenlet.hub.StreamServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** {@link SocketServer}'s code behind the hub's own server, with its limits and its orderly end: they are what is measured. */
final class HelloStreamServer {
    private HelloStreamServer() {}

    /** Serves until the process ends. */
    static void serve() throws IOException, InterruptedException {
        StreamServer server = StreamServer.of(HelloStreamServer::answer).start();
        HelloServer.announce(server.address().getPort());
        GreenThread.sleep(Duration.ofDays(1));
    }

    private static void answer(Connection connection) throws IOException {
        InputStream in = connection.input();
        OutputStream out = connection.output();
        byte[] request = new byte[Hello.MOST_REQUEST_BYTES];
        int length = 0;
        for (int read = in.read(request); read > 0; read = in.read(request, length, request.length - length)) {
            length += read;
            if (length >= 4 && Hello.isComplete(length, request[length - 1], request[length - 3])) {
                out.write(Hello.RESPONSE);
                length = 0;
            }
        }
    }
}
