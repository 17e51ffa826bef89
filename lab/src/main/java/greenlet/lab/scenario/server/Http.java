package greenlet.lab.scenario.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** As much HTTP/1.1 as a load test needs: one fixed request, one fixed answer, never two requests under way on one connection. */
final class Http {
    static final byte[] REQUEST = ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    static final byte[] ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    static final byte[] LAST_ANSWER = ascii("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
    private static final String OK = "HTTP/1.1 200 ";
    private static final String LENGTH = "content-length:";

    private Http() {}

    /** Reads a request to its end; tells whether there was one before the connection was closed. */
    static boolean readRequest(InputStream in, byte[] buffer) throws IOException {
        int filled = 0;
        while (!endsHead(buffer, filled)) {
            int read = filled == buffer.length ? -1 : in.read(buffer, filled, buffer.length - filled);
            if (read < 0) {
                return false;
            }
            filled += read;
        }
        return true;
    }

    /**
     * How long an answer is, head and body.
     *
     * @param start the bytes that have come so far
     * @return the length, or 0 if the head is not complete
     * @throws IOException if it is no success, or does not tell its length
     */
    static int lengthOfAnswer(byte[] start) throws IOException {
        String text = new String(start, StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return 0;
        }
        String head = text.substring(0, end).toLowerCase(java.util.Locale.ROOT);
        if (!text.startsWith(OK) || !head.contains(LENGTH)) {
            throw new IOException("Cannot use the server's answer '"
                    + head.lines().findFirst().orElse("") + "': it is no '" + OK.strip()
                    + "' with a Content-Length. Make the server answer so.");
        }
        String length = head.substring(head.indexOf(LENGTH) + LENGTH.length())
                .lines()
                .findFirst()
                .orElse("");
        return end + END_OF_HEAD.length + Integer.parseInt(length.strip());
    }

    private static boolean endsHead(byte[] buffer, int filled) {
        int at = filled - END_OF_HEAD.length;
        return at >= 0 && java.util.Arrays.equals(buffer, at, filled, END_OF_HEAD, 0, END_OF_HEAD.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
