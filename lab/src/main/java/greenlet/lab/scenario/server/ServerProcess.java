package greenlet.lab.scenario.server;

import greenlet.lab.process.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/** One process of a pre-forked server: serves one connection at a time, one request on each. Public because its JVM starts it. */
public final class ServerProcess {
    private static final int BACKLOG = 4096;
    private static final int LONGEST_REQUEST = 1024;

    private ServerProcess() {}

    /**
     * Prints its port and serves. For each line {@code cpu} on standard input prints the CPU time in nanoseconds that it has used, for each
     * line {@code heap} the bytes of live heap. Ends when standard input does.
     *
     * @param arguments the port to listen on together with the other processes of the pool; 0 for a new one
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ServerSocket listener = new ServerSocket()) {
            // The kernel spreads new connections over all that listen on the port so.
            listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            int port = Integer.parseInt(arguments[0]);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            System.out.println(listener.getLocalPort());
            Thread.ofPlatform().daemon().start(() -> serve(listener));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(line.equals("cpu") ? ProcessCpu.nanos() : liveHeap());
            }
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void serve(ServerSocket listener) {
        byte[] buffer = new byte[LONGEST_REQUEST];
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                if (Http.readRequest(socket.getInputStream(), buffer)) {
                    socket.getOutputStream().write(Http.LAST_ANSWER);
                }
            } catch (IOException gone) {
                // The client is gone, or the listener is closed; the generator tells which requests went unanswered.
            }
        }
    }
}
