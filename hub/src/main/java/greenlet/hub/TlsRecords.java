package greenlet.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a TLS peer sends, on its way to be decrypted: knows whether a record has been begun and not read to its end. The kernel has nothing
 * of it then, and there are no bytes for the application yet, but a request is on its way.
 *
 * <p>Confined to its hub's carrier thread.
 */
final class TlsRecords extends InputStream {
    /** Type, version, and the length of the body in the last two. */
    private static final int HEADER_BYTES = 5;

    private final InputStream raw;
    private final Action<IOException> betweenTwo;
    private int headerBytes;
    private int length;
    private int bodyLeft;

    TlsRecords(InputStream raw, Action<IOException> betweenTwo) {
        this.raw = raw;
        this.betweenTwo = betweenTwo;
    }

    boolean isWithinOne() {
        return headerBytes > 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int _ = read(one, 0, 1);
        return one[0] & 0xff;
    }

    /** Throws at the end of the stream: after an end the JDK would go on with the raw stream, and close it after that. */
    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (!isWithinOne()) {
            betweenTwo.run();
        }
        int read = raw.read(bytes, offset, count);
        if (read < 0) {
            throw new EOFException("The peer ended the connection");
        }
        pass(bytes, offset, offset + read);
        return read;
    }

    @Override
    public int available() throws IOException {
        return raw.available();
    }

    private void pass(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (headerBytes < HEADER_BYTES) {
                length = ((length << 8) | (bytes[at] & 0xff)) & 0xffff;
                headerBytes++;
                at++;
                bodyLeft = length;
            } else {
                int some = Math.min(bodyLeft, end - at);
                bodyLeft -= some;
                at += some;
            }
            if (headerBytes == HEADER_BYTES && bodyLeft == 0) {
                headerBytes = 0;
            }
        }
    }
}
