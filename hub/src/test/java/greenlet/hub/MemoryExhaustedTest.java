package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The heap is full, truly: in a JVM of its own, whose collector gives up quickly. */
@Timeout(120)
class MemoryExhaustedTest {
    @Test
    void oneGreenThreadTakesAllTheHeap_theOthersEndAndTheHubGoesOn() throws Exception {
        ForkedJvm.Result result =
                new ForkedJvm().with("-Xmx24m").with("-XX:+UseSerialGC").run(MemoryPrograms.class);

        assertThat(result.out().strip()).as(result.err()).isEqualTo("Failed true lost 0, after: fine, clean true");
        assertThat(result.exitCode()).isZero();
    }

    /** Regression: an end for whose outcome there was no memory was lost, and who joined waited for ever. */
    @Test
    void oneGreenThreadFailsWhileTheHeapStaysFull_itsJoinReturns() throws Exception {
        ForkedJvm.Result result =
                new ForkedJvm().with("-Xmx24m").with("-XX:+UseSerialGC").run(FullHeapProgram.class);

        assertThat(result.out().strip()).as(result.err()).isEqualTo("Failed, after: fine");
        assertThat(result.exitCode()).isZero();
    }

    /** The tables of a poller are looked into as if they were one: the last of them must not stay behind. */
    @Test
    void descriptorTables_noMemoryForTheLargest_growAllOrNone() throws Exception {
        ForkedJvm.Result result =
                new ForkedJvm().with("-Xmx24m").with("-XX:+UseSerialGC").run(MemoryPrograms.DescriptorTables.class);

        assertThat(result.out().lines())
                .as(result.err())
                .containsExactly("OutOfMemoryError", "OutOfMemoryError", "registered true");
    }
}
