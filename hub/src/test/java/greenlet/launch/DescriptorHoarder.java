package greenlet.launch;

import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The main class of DescriptorsTest's child: opens sockets on a hub until there are none, then uses the hub further. */
public final class DescriptorHoarder {
    private DescriptorHoarder() {}

    /**
     * Runs the story and says how it ended.
     *
     * @param args not used
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        Hub.run(() -> {
            exchange(); // classes and libraries are loaded while there are descriptors
            boolean ranOut = openUntilNone();
            GreenThread<?> sleeper = Hub.current().spawn(() -> GreenThread.sleep(Duration.ofMillis(5)));
            sleeper.join();
            exchange();
            System.out.println(ranOut ? "ran out, and went on" : "never ran out");
        });
    }

    private static boolean openUntilNone() throws IOException {
        List<ServerSocket> hoard = new ArrayList<>();
        try {
            return fill(hoard);
        } finally {
            for (ServerSocket socket : hoard) {
                socket.close();
            }
        }
    }

    /** Opens sockets until there are no descriptors; tells whether it came to that. */
    static boolean fill(List<ServerSocket> hoard) {
        try {
            while (hoard.size() < 200) {
                hoard.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** A byte from one green thread of the current hub to another. */
    static int exchange() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GreenThread<Integer> client = Hub.current().spawn(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    return socket.getInputStream().read();
                }
            });
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(1);
            }
            return client.get();
        }
    }
}
