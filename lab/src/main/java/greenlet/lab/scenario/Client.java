package greenlet.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One HTTP request in plain blocking code: the same for every mechanism. */
final class Client {
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String EXPECTED = "HTTP/1.1 200 ";

    private Client() {}

    static void request(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            byte[] answer = in.readAllBytes();
            String start = new String(answer, 0, Math.min(answer.length, EXPECTED.length()), StandardCharsets.US_ASCII);
            if (!start.equals(EXPECTED)) {
                throw new IOException("Cannot use the answer of the test server: it starts with '" + start
                        + "' instead of '" + EXPECTED + "'. See whether something else listens on port " + port + ".");
            }
        }
    }
}
