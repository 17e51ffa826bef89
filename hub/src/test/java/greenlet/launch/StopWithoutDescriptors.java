package greenlet.launch;

import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import greenlet.hub.StopReport;
import greenlet.hub.StreamServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of DescriptorsTest's child that stops a server when no descriptor is left: one connection is being served, for the others,
 * which the kernel has accepted, there is none.
 */
public final class StopWithoutDescriptors {
    private static final int WAITING = 3;

    private StopWithoutDescriptors() {}

    /**
     * Runs the story and says how it went.
     *
     * @param args not used
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        // Classes are loaded while there are descriptors: from folders each takes one (from jars none).
        Hub.run(() -> {
            DescriptorHoarder.exchange();
            StreamServer server = start();
            serveToTheEnd(connect(server));
            System.out.println("rehearsed: " + server.stop(Duration.ofMinutes(1)));
        });
        Hub.run(() -> {
            StreamServer server = start();
            Socket served = connect(server);
            while (server.statistics().open() < 1) {
                GreenThread.yieldTurn();
            }
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                waiting.add(connect(server));
            }
            List<ServerSocket> hoard = new ArrayList<>();
            boolean ranOut = DescriptorHoarder.fill(hoard);

            GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(Duration.ofMinutes(1)));
            for (Socket each : waiting) {
                System.out.println(isCutOff(each) ? "cut off" : "answered");
            }
            serveToTheEnd(served);
            System.out.println(
                    stop.get() + ", accept errors " + server.statistics().acceptErrors());
            for (ServerSocket socket : hoard) {
                socket.close();
            }
            DescriptorHoarder.exchange();
            System.out.println(ranOut ? "ran out, and went on" : "never ran out");
        });
    }

    private static StreamServer start() throws IOException {
        return StreamServer.of(connection -> connection.input().transferTo(connection.output()))
                .connections(1)
                .start();
    }

    private static void serveToTheEnd(Socket client) throws IOException {
        try (client) {
            client.getOutputStream().write('x');
            System.out.println("served: " + (char) client.getInputStream().read());
        }
    }

    private static Socket connect(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    private static boolean isCutOff(Socket socket) {
        try (socket) {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
