package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.process.ChildJvm;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server: each caller serves a connection, and a call is one message that it sends back. Its clients think for 5 ms between two. */
public final class EchoServer implements Workload {
    private static final int PATIENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);

    private @Nullable ChildJvm clients;
    private List<Socket> connections = List.of();

    @Override
    public void open(int callers) throws IOException {
        ChildJvm peers = clients;
        if (peers == null) {
            peers = ChildJvm.start(List.of("-XX:+UseSerialGC", "-Xmx128m"), EchoClients.class, List.of());
            clients = peers;
        }
        try (ServerSocket server = new ServerSocket(0, callers, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(PATIENCE_MILLIS);
            peers.tell(server.getLocalPort() + " " + callers);
            List<Socket> accepted = new ArrayList<>();
            while (accepted.size() < callers) {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                accepted.add(connection);
            }
            connections = accepted;
        }
    }

    @Override
    public void call(int caller) throws IOException {
        Socket connection = connections.get(caller);
        byte[] message = connection.getInputStream().readNBytes(EchoClients.MESSAGE_BYTES);
        if (message.length < EchoClients.MESSAGE_BYTES) {
            throw new EOFException("Cannot echo: the client of connection " + caller + " is gone.");
        }
        connection.getOutputStream().write(message);
    }

    @Override
    public void close() throws IOException {
        for (Socket connection : connections) {
            connection.close();
        }
        connections = List.of();
    }
}
