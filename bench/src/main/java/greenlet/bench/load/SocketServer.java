package greenlet.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Plain blocking code over {@link Socket}, a virtual thread for each connection: the same for the JDK's scheduler and for a hub. */
final class SocketServer {
    private static final int BACKLOG = 1024;

    private SocketServer() {}

    /** Serves until the process ends. */
    static void serve() throws IOException {
        try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            HelloServer.announce(server.getLocalPort());
            while (true) {
                Socket accepted = server.accept();
                Thread.startVirtualThread(() -> answer(accepted));
            }
        }
    }

    private static void answer(Socket accepted) {
        try (Socket socket = accepted) {
            socket.setTcpNoDelay(true);
            Hello.answer(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The load generator hangs up as it likes.
        }
    }
}
