package greenlet.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Ends of a wait for readers, each with what other threads do meanwhile planted where it hurts. */
class ReadingsTest {
    private final Readings readings = new Readings();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void awaitRelease_notHeld_isTrue() {
        assertThat(readings.awaitRelease(() -> false)).isTrue();
    }

    @Test
    void awaitRelease_heldByNoReader_isFalse() {
        assertThat(readings.awaitRelease(() -> true)).isFalse();
    }

    @Test
    void awaitRelease_heldByAReader_waitsForIt() {
        readings.begin();

        boolean released = readings.awaitRelease(() -> {
            if (looks.incrementAndGet() == 3) {
                readings.end();
                return false;
            }
            return true;
        });

        assertThat(released).isTrue();
        assertThat(looks).hasValue(3);
    }

    /** What failed in CI, "Mounted!!!!": the second reader was taken for somebody who would never release the stack. */
    @Test
    void awaitRelease_secondReaderAfterTheFirst_waitsForBoth() {
        readings.begin();

        boolean released = readings.awaitRelease(() -> switch (looks.incrementAndGet()) {
            case 1 -> {
                readings.end();
                yield true; // the first's flag, a moment ago
            }
            case 2 -> {
                readings.begin();
                yield true; // the second's
            }
            case 3 -> true;
            default -> {
                readings.end();
                yield false;
            }
        });

        assertThat(released).isTrue();
        assertThat(looks).hasValue(4);
    }

    /** A whole reading between the two looks at the counts: it may have been what held the stack. */
    @Test
    void awaitRelease_readerComesAndGoesMeanwhile_looksAgain() {
        boolean released = readings.awaitRelease(() -> {
            if (looks.incrementAndGet() > 1) {
                return false;
            }
            readings.begin();
            readings.end();
            return true;
        });

        assertThat(released).isTrue();
    }
}
