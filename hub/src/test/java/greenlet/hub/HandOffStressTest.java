package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never two green threads at once, however often the turn goes from carrier to carrier. */
// Yields are what is tested.
@SuppressWarnings("ThreadPriorityCheck")
@Timeout(120)
class HandOffStressTest {
    private static final int THREADS = 20;
    private static final int STEPS = 48;
    private static final int TOUCHES = 40;

    /** What all green threads share, without any synchronisation. */
    private static final class Shared {
        private final Map<Integer, Integer> perThread = new HashMap<>();
        private long count;
        private int inside;
        private int mostInside;

        /** A critical section without a switch point; a lost update or a second thread in here shows. */
        void touch(int thread) {
            for (int i = 0; i < TOUCHES; i++) {
                mostInside = Math.max(mostInside, ++inside);
                long before = count;
                for (int spin = 0; spin < 10; spin++) {
                    Thread.onSpinWait();
                }
                count = before + 1;
                inside--;
            }
            perThread.merge(thread, 1, Integer::sum);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 20, 50, 100, 300, 1000})
    void green_threadsInBlockingCalls_neverOverlap(long micros, @TempDir Path directory) throws Exception {
        Shared shared = new Shared();
        long handOffs;
        try (Hub hub = Hub.builder()
                .handOffAfter(Duration.ofNanos(micros * 1000))
                .grace(Duration.ofSeconds(60))
                .start()) {
            List<GreenThread<?>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                File file = directory.resolve("file" + i).toFile();
                threads.add(hub.spawn("stress-" + i, () -> work(number, file, shared)));
            }
            for (GreenThread<?> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
            handOffs = hub.statistics().handOffs();
        }

        if (micros == 0) {
            assertThat(handOffs).isGreaterThan((long) THREADS * STEPS / 8);
        }
        assertThat(shared.mostInside).isEqualTo(1);
        assertThat(shared.count).isEqualTo((long) THREADS * STEPS * TOUCHES);
        assertThat(shared.perThread)
                .hasSize(THREADS)
                .allSatisfy((thread, touches) -> assertThat(touches).isEqualTo(STEPS));
    }

    private static void work(int number, File path, Shared shared) throws Exception {
        SplittableRandom random = new SplittableRandom(number);
        Pipe pipe = Pipe.open();
        try (RandomAccessFile file = new RandomAccessFile(path, "rwd");
                Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            for (int step = 0; step < STEPS; step++) {
                block(random.nextInt(8), step, file, source, sink);
                shared.touch(number);
            }
        }
    }

    /** One step of any kind; the first three block the carrier, for times that no test could choose better. */
    private static void block(
            int kind, int step, RandomAccessFile file, Pipe.SourceChannel source, Pipe.SinkChannel sink)
            throws IOException, InterruptedException {
        switch (kind) {
            case 0 -> {
                file.seek(0);
                file.write(new byte[64]);
            }
            case 1 -> file.getFD().sync();
            case 2 -> {
                if (step % 24 == 2) {
                    new ProcessBuilder("true").start().getInputStream().readAllBytes();
                } else {
                    Thread.currentThread().interrupt();
                    file.getFD().sync();
                    assertThat(Thread.interrupted()).isTrue();
                }
            }
            case 3 -> Thread.sleep(0, 200_000);
            case 4 -> {
                sink.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
                source.read(java.nio.ByteBuffer.allocate(1));
            }
            default -> Thread.yield();
        }
    }
}
