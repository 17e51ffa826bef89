package greenlet.launch;

import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The main class of DescriptorsTest's child that starts a hub when no descriptor is left, and one when there are some again. */
public final class HubWithoutEpoll {
    private HubWithoutEpoll() {}

    /**
     * Runs the story and says how it went.
     *
     * @param args not used
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        Hub.run(HubWithoutEpoll::exchange); // classes and libraries are loaded while there are descriptors
        List<ServerSocket> hoard = new ArrayList<>();
        boolean ranOut = fill(hoard);
        try (Hub hub = Hub.start()) {
            for (ServerSocket socket : hoard) {
                socket.close();
            }
            say("the hub", hub);
            try (Hub next = Hub.start()) {
                say("the next", next);
            }
        }
        System.out.println(ranOut ? "ran out, and went on" : "never ran out");
    }

    private static void say(String who, Hub hub) throws Exception {
        hub.spawn(HubWithoutEpoll::exchange).get();
        System.out.println(who + " exchanged; " + hub.statistics().polling());
    }

    private static boolean fill(List<ServerSocket> hoard) {
        try {
            while (hoard.size() < 200) {
                hoard.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static int exchange() throws Exception {
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
