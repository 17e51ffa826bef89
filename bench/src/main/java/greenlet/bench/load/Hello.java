package greenlet.bench.load;

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
}
