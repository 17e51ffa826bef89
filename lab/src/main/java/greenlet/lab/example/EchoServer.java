package greenlet.lab.example;

import greenlet.hub.Hub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An echo server with a green thread per connection, and its clients, in one hub: plain blocking sockets, one thread at a time. */
public final class EchoServer {
    private static final int CLIENTS = 100;

    private static int answered;

    private EchoServer() {}

    private static void serve(ServerSocket server) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Socket client = server.accept(); // blocks this green thread only
            var _ = Hub.current().spawn(() -> echo(client));
        }
    }

    private static void echo(Socket client) throws IOException {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void call(int port, int number) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.println("hello " + number);
            if (("hello " + number).equals(in.readLine())) {
                answered++; // shared by all clients, without a lock
            }
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        answered = 0;
        try (ServerSocket server = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress())) {
            Hub.run(() -> {
                var _ = Hub.current().spawn(() -> serve(server));
                for (int i = 0; i < CLIENTS; i++) {
                    int number = i;
                    var _ = Hub.current().spawn(() -> call(server.getLocalPort(), number));
                }
            });
        }
        System.out.println(answered + " of " + CLIENTS + " clients heard their own words");
    }
}
