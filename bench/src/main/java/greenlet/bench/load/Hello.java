package greenlet.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What every server says, and when a request is complete: HTTP as far as a load generator speaks it, without pipelining or bodies. */
final class Hello {
    static final byte[] RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"
            .getBytes(StandardCharsets.US_ASCII);

    static final int MOST_REQUEST_BYTES = 4096;

    private Hello() {}

    /** Whether what has arrived ends with an empty line, given its last bytes. */
    static boolean isComplete(int length, byte last, byte thirdLast) {
        return length >= 4 && last == '\n' && thirdLast == '\n';
    }

    /** Answers one connection's requests, in plain blocking code, until the other side ends. */
    static void answer(InputStream in, OutputStream out) throws IOException {
        byte[] request = new byte[MOST_REQUEST_BYTES];
        int length = 0;
        for (int read = in.read(request); read > 0; read = in.read(request, length, request.length - length)) {
            length += read;
            if (length >= 4 && isComplete(length, request[length - 1], request[length - 3])) {
                out.write(RESPONSE);
                length = 0;
            }
        }
    }
}
