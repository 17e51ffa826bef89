package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;

/** A bit of both, as most services are: waits for 4 ms, then computes for about one. */
public final class Mixed implements Workload {
    private static final int WAIT_MILLIS = 4;
    private static final int ROUNDS = 120;

    private final byte[] document = new byte[32 << 10];
    private final LongAdder sum = new LongAdder();

    /** Makes the document. */
    public Mixed() {
        for (int i = 0; i < document.length; i++) {
            document[i] = (byte) (i * 31 + i / 7);
        }
    }

    @Override
    public void call(int caller) throws InterruptedException {
        Thread.sleep(WAIT_MILLIS);
        CRC32 checksum = new CRC32();
        for (int i = 0; i < ROUNDS; i++) {
            for (int at = i; at < document.length; at += 16) {
                checksum.update(document[at]);
            }
        }
        sum.add(checksum.getValue());
    }

    @Override
    public long checksum() {
        return sum.sum();
    }
}
