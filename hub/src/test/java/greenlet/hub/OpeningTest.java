package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub that cannot be opened, or run in, leaves nothing. */
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(120)
class OpeningTest {
    private static final long ADDRESS_SPACE_KIB = 6L << 20;
    private static final int RETRIES = 20;

    /** In a JVM of its own, in which only a few of the largest stacks fit. */
    @Test
    void start_noThreadForItsCarrier_leavesNothingOpen() throws Exception {
        ForkedJvm.Result result = new ForkedJvm()
                .with("-Xlog:os+thread=off")
                .with("-Xmx64m")
                .with("-XX:+UseSerialGC")
                .with("-XX:CompressedClassSpaceSize=64m")
                .with("-XX:ReservedCodeCacheSize=64m")
                .addressSpace(ADDRESS_SPACE_KIB)
                .run(Openings.class);

        assertThat(result.out()).as(result.err()).contains("descriptors left 0, containers left 0, then opened true");
    }

    /** Whatever keeps the main green thread from starting: nobody else could close that hub. */
    @Test
    void run_mainCannotBeStarted_closesTheHub() throws Exception {
        Hub hub = Hub.start();
        HubScheduler.of(hub.spawn(() -> {}).task()).refuseNewThreads();

        assertThatThrownBy(() -> MainCall.call(hub, () -> "never", MainCall.Rest.IS_AWAITED))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(OpenHubs.all()).doesNotContain(hub);
    }

    /** The program of the first test. */
    static final class Openings {
        private Openings() {}

        public static void main(String[] arguments) throws Exception {
            Deque<Hub> hubs = new ArrayDeque<>();
            while (true) {
                Hub hub = open();
                if (hub == null) {
                    break;
                }
                hubs.push(hub);
            }
            int containers = Proofs.threadContainers().size(); // first: a dump loads what it needs
            long descriptors = Proofs.openDescriptors();
            for (int i = 0; i < RETRIES; i++) {
                if (open() != null) {
                    throw new AssertionError("there was room after all");
                }
            }
            long descriptorsLeft = Proofs.openDescriptors() - descriptors;
            int containersLeft = Proofs.threadContainers().size() - containers;
            Hub closed = hubs.pop();
            closed.close(Duration.ZERO);
            Hub hub = open();
            while (hub == null) { // the stack of that one's carrier may not be free yet
                hub = open();
            }
            System.out.println("descriptors left " + descriptorsLeft + ", containers left " + containersLeft
                    + ", then opened " + hub.spawn(() -> true).get());
            System.exit(0);
        }

        private static @Nullable Hub open() {
            try {
                return Hub.builder().carrierStackBytes(1 << 30).start();
            } catch (OutOfMemoryError e) {
                return null;
            }
        }
    }
}
