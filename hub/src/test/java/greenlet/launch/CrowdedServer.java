package greenlet.launch;

import greenlet.hub.Hub;
import greenlet.hub.StopReport;
import greenlet.hub.StreamServer;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The main class of ServerProofTest's child without descriptors: more clients than the server can accept, then fewer. */
public final class CrowdedServer {
    private CrowdedServer() {}

    /**
     * Runs the story and says how it ended.
     *
     * @param args not used
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        Hub.run(() -> {
            try (StreamServer server = StreamServer.of(
                            connection -> connection.input().transferTo(connection.output()))
                    .start()) {
                try (Socket first = connect(server)) {
                    exchange(first); // classes and libraries are loaded while there are descriptors
                }
                if (server.statistics().acceptErrors() != 0 || !new StopReport(0, 0, 0).isClean()) {
                    throw new IllegalStateException("nothing has happened yet");
                }
                List<Socket> crowd = crowd(server);
                while (server.statistics().acceptErrors() == 0) { // a second try may find what the first gave back
                    Thread.sleep(1);
                }
                for (Socket each : crowd.subList(crowd.size() / 3, crowd.size())) {
                    each.close();
                }
                for (Socket each : crowd.subList(0, crowd.size() / 3)) {
                    exchange(each);
                    each.close();
                }
                try (Socket last = connect(server)) {
                    exchange(last);
                }
                System.out.println("ran out, and went on");
            }
        });
    }

    private static List<Socket> crowd(StreamServer server) {
        List<Socket> crowd = new ArrayList<>();
        try {
            while (crowd.size() < 1000) {
                crowd.add(connect(server));
            }
        } catch (IOException none) {
            // As planned: no descriptor is left, and the last ones in the crowd have not been accepted.
        }
        return crowd;
    }

    private static Socket connect(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    private static void exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(42);
        if (socket.getInputStream().read() != 42) {
            throw new IOException("another answer than was due");
        }
    }
}
