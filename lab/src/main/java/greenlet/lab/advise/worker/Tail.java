package greenlet.lab.advise.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Drains what a process prints and keeps the end of it, however much there is and whether it has lines or not.
 *
 * <p>Safe for use from any thread.
 */
final class Tail {
    private static final int KEPT_BYTES = 8 << 10;

    private final byte[] kept = new byte[KEPT_BYTES];
    private final Thread reader;
    /** Guarded by this. */
    private long total;

    Tail(InputStream from) {
        reader = Thread.ofPlatform().daemon().name("advise-tail").start(() -> drain(from));
    }

    private void drain(InputStream from) {
        byte[] buffer = new byte[KEPT_BYTES];
        try (from) {
            for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                keep(buffer, length);
            }
        } catch (IOException ended) {
            // The pipe broke with the process.
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            kept[(int) (total++ % KEPT_BYTES)] = buffer[i];
        }
    }

    /** What was printed last, once the process has ended or a moment has passed. */
    String text() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(2));
        synchronized (this) {
            int length = (int) Math.min(total, KEPT_BYTES);
            byte[] text = new byte[length];
            for (int i = 0; i < length; i++) {
                text[i] = kept[(int) ((total - length + i) % KEPT_BYTES)];
            }
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
