package greenlet.hub;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What the tests of servers share: a handler and the clients' side. */
final class ServerClients {
    static final ConnectionHandler ECHO = connection -> connection.input().transferTo(connection.output());

    private ServerClients() {}

    static Socket connect(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    /** Sends text and the end of the stream, returns the answer. */
    static String exchange(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
