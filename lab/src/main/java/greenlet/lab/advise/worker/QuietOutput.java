package greenlet.lab.advise.worker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes what the work prints: counts it, keeps the beginning, drops the rest.
 *
 * <p>Safe for use from any thread.
 */
final class QuietOutput extends OutputStream {
    private static final int KEPT_BYTES = 200;

    private final LongAdder bytes = new LongAdder();
    /** Guarded by itself. */
    private final StringBuilder beginning = new StringBuilder();

    /** Puts it in the place of both standard streams. */
    static QuietOutput install() {
        QuietOutput output = new QuietOutput();
        PrintStream stream = new PrintStream(output, false, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        return output;
    }

    long printed() {
        return bytes.sum();
    }

    /** The first line of what was printed. */
    String firstLine() {
        synchronized (beginning) {
            return beginning.toString().lines().findFirst().orElse("");
        }
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] data, int from, int length) {
        boolean first = bytes.sum() < KEPT_BYTES;
        bytes.add(length);
        if (first) {
            synchronized (beginning) {
                int room = Math.max(0, KEPT_BYTES - beginning.length());
                beginning.append(new String(data, from, Math.min(length, room), StandardCharsets.UTF_8));
            }
        }
    }
}
