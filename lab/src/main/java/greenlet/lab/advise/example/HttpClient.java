package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import greenlet.lab.process.ChildJvm;
import greenlet.lab.scenario.DelayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of somebody else's service: a request over HTTP whose answer takes 20 ms. */
public final class HttpClient implements Workload {
    private static final String DELAY_MILLIS = "20";
    private static final String EXPECTED = "HTTP/1.1 200 ";
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private @Nullable ChildJvm server;
    private int port;

    @Override
    public void open(int callers) throws IOException {
        if (server == null) {
            // It ends with this worker, which it is a child of.
            ChildJvm started =
                    ChildJvm.start(List.of("-XX:+UseSerialGC", "-Xmx128m"), DelayServer.class, List.of(DELAY_MILLIS));
            port = Integer.parseInt(started.hear());
            server = started;
        }
    }

    @Override
    public void call(int caller) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.startsWith(EXPECTED)) {
                throw new IOException("Cannot use the answer '" + answer + "': it does not start with '" + EXPECTED
                        + "'. See whether something else listens on port " + port + ".");
            }
        }
    }
}
