package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import greenlet.launch.ClientCrowd;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of clients at once, in numbers: see {@link ClientCrowd}. */
@org.junit.jupiter.api.Timeout(300)
class CrowdProofTest {
    private static final int KERNEL_BUFFER_BYTES = 8 * 1024;
    private static final long MOST_HEAP_BYTES_A_CONNECTION = 48 * 1024;

    /** What is looked at while all of them are there. */
    private static final class Seen {
        long heapBytes;
        long ticks;
        HubDump dump = new HubDump("none", new HubStatistics("none", 0, 0, 0, 0, 0, 0, 0, ""), List.of());
    }

    /** Requests are a length and so many bytes, which come back. */
    private static void echo(Connection connection) throws IOException {
        DataInputStream in = new DataInputStream(connection.input());
        while (connection.awaitRequest()) {
            int length = in.readInt();
            if (length < 0 || length > ClientCrowd.LARGEST_BYTES) {
                throw new IOException("too long: " + length);
            }
            byte[] request = new byte[length];
            in.readFully(request);
            connection.output().write(request);
        }
    }

    @Test
    void crowd_idleBusyStuckSlowResettingAndStallingInTls_nothingIsLostMemoryIsBoundedAndTheDumpNamesThem(
            @TempDir Path folder) throws Exception {
        int idle = Proofs.size(500, 10_000, 10_000);
        int busy = Proofs.size(24, 100, 100);
        int stuck = Proofs.size(8, 50, 50);
        int stalled = Proofs.size(8, 50, 50);
        int exchanges = Proofs.size(10, 50, 500);
        requireDescriptors(idle + 2 * busy + stuck + stalled);
        Seen seen = new Seen();
        try (Hub hub = Hub.start();
                ServerSocket gate = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StreamServer plain = StreamServer.of(CrowdProofTest::echo)
                    .name("plain")
                    .connections(20_000)
                    .kernelBuffers(KERNEL_BUFFER_BYTES, KERNEL_BUFFER_BYTES)
                    .start(hub);
            StreamServer tls = StreamServer.of(CrowdProofTest::echo)
                    .name("tls")
                    .tls(TestTls.context(folder.resolve("keys.p12")))
                    .handshake(Duration.ofMinutes(10))
                    .start(hub);
            long before = usedBytes();
            GreenThread<?> clock = hub.spawn("clock", () -> {
                while (true) {
                    GreenThread.sleep(Duration.ofMillis(1));
                    seen.ticks++;
                }
            });
            GreenThread<?> looking = hub.spawn(() -> {
                while (plain.statistics().open() < idle + stuck
                        || tls.statistics().open() < stalled) {
                    GreenThread.sleep(Duration.ofMillis(1));
                }
                try (Socket opener = gate.accept()) { // the crowd has begun to be busy, and waits here with its end
                    seen.heapBytes = Hubs.offload(CrowdProofTest::usedBytes) - before;
                    long ticksBefore = seen.ticks;
                    while (seen.ticks == ticksBefore) { // for ever if the hub did not go on
                        GreenThread.sleep(Duration.ofMillis(1));
                    }
                    seen.dump = hub.dump();
                    opener.getOutputStream().write(1);
                }
            });

            ForkedJvm.Result crowd = new ForkedJvm()
                    .patience(240)
                    .run(
                            ClientCrowd.class,
                            "" + plain.address().getPort(),
                            "" + tls.address().getPort(),
                            "" + gate.getLocalPort(),
                            "" + idle,
                            "" + busy,
                            "" + stuck,
                            "" + stalled,
                            "" + exchanges);

            assertThat(crowd.err()).isEmpty();
            assertThat(crowd.out().strip())
                    .isEqualTo("answered " + busy * exchanges + " unstuck " + stuck + " awake " + idle);
            assertThat(looking.get()).isNull();
            clock.kill();
            checkCounts(plain, tls, idle + busy + stuck, stalled);
        }

        assertThat(seen.heapBytes / idle).isLessThan(MOST_HEAP_BYTES_A_CONNECTION);
        assertThat(count(seen.dump, "plain from /127.0.0.", "awaitRequest")).isGreaterThanOrEqualTo(idle);
        assertThat(count(seen.dump, "plain from /127.0.0.", "writePiece")).isGreaterThanOrEqualTo(stuck);
        assertThat(count(seen.dump, "tls from /127.0.0.", "startHandshake")).isEqualTo(stalled);
    }

    private static void checkCounts(StreamServer plain, StreamServer tls, int served, int stalled)
            throws InterruptedException {
        assertThat(plain.stop(Duration.ofSeconds(60)).isClean()).isTrue();
        assertThat(tls.stop(Duration.ofSeconds(60)).isClean()).isTrue();
        ServerStatistics plainly = plain.statistics();
        assertThat(plainly.open()).isZero();
        assertThat(plainly.acceptErrors()).isZero();
        assertThat(plainly.killed()).isZero();
        assertThat(plainly.served() + plainly.failed()).isEqualTo(plainly.accepted());
        assertThat(plainly.served()).isGreaterThanOrEqualTo(served);
        assertThat(tls.statistics().handshakes()).isEqualTo(stalled);
    }

    /** How many green threads of that name wait for their peer in that method. */
    private static long count(HubDump dump, String name, String method) {
        Predicate<GreenThreadDump> waits = thread -> {
            GreenThreadDump.Wait wait = thread.waits();
            return wait != null && wait.kind() == GreenThreadDump.Kind.INPUT;
        };
        List<GreenThreadDump> named = new ArrayList<>();
        for (GreenThreadDump thread : dump.greenThreads()) {
            if (thread.name().startsWith(name)
                    && waits.test(thread)
                    && thread.stack().stream()
                            .anyMatch(frame -> frame.getMethodName().equals(method))) {
                named.add(thread);
            }
        }
        return named.stream().map(GreenThreadDump::name).distinct().count();
    }

    private static void requireDescriptors(int connections) {
        int spare = 1_000;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long limit = unix.getMaxFileDescriptorCount();
            assumeTrue(
                    limit >= connections + spare,
                    () -> "needs " + (connections + spare) + " descriptors, and the limit is " + limit
                            + ": raise it with ulimit -n");
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
