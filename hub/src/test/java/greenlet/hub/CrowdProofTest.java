package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import greenlet.launch.ClientCrowd;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** All kinds of clients at once, in numbers: see {@link ClientCrowd}. */
@org.junit.jupiter.api.Timeout(300)
class CrowdProofTest {
    private static final int KERNEL_BUFFER_BYTES = 8 * 1024;
    private static final long MOST_HEAP_BYTES_A_CONNECTION = 48 * 1024;

    /** The JDK's own, one for each carrier thread: not one for each connection. */
    private static final long MOST_DIRECT_BYTES = 4 * 1024 * 1024;

    /** What is seen when the crowd waits at the gate: what its clients have been given, and what the dump names. */
    private record Look(long heapBytes, long directBytes, HubDump dump) {
        @Override
        public String toString() {
            return "Look[heapBytes=" + heapBytes + ", directBytes=" + directBytes + ", of "
                    + dump.greenThreads().size() + " green threads]";
        }
    }

    /** Confined to the hub. */
    private static final class Seen {
        long ticks;
        List<String> missing = List.of();
        final List<Look> looks = new ArrayList<>();
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
        int storm = Proofs.size(100, 1_000, 1_000);
        requireDescriptors(idle + 2 * busy + stuck + stalled + storm);
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
                seen.looks.add(look(hub, gate, seen, before)); // the busy ones are in the middle, the storm is ahead
                while (plain.statistics().failed() < storm) {
                    GreenThread.sleep(Duration.ofMillis(1));
                }
                seen.looks.add(look(hub, gate, seen, before)); // the busy ones have ended
            });

            ForkedJvm.Result crowd;
            try {
                crowd = new ForkedJvm()
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
                                "" + exchanges,
                                "" + storm);
            } catch (AssertionError e) {
                throw new AssertionError("Not in the dump, if it came to that: " + seen.missing, e);
            }

            assertThat(crowd.err()).isEmpty();
            assertThat(crowd.out().strip())
                    .isEqualTo("answered " + busy * exchanges + " unstuck " + stuck + " awake " + idle);
            assertThat(looking.get()).isNull();
            clock.kill();
            checkCounts(plain, tls, idle + busy + stuck, storm + busy / 4 * exchanges, stalled);
        }

        assertThat(seen.looks).hasSize(2).allSatisfy(look -> {
            assertThat(look.heapBytes() / idle).isLessThan(MOST_HEAP_BYTES_A_CONNECTION);
            assertThat(look.directBytes()).isLessThan(MOST_DIRECT_BYTES);
            assertThat(waiting(look.dump(), "plain from /127.0.0.", "awaitRequest"))
                    .hasSizeGreaterThanOrEqualTo(idle);
            assertThat(waiting(look.dump(), "plain from /127.0.0.", "writePiece"))
                    .hasSizeGreaterThanOrEqualTo(stuck);
            assertThat(waiting(look.dump(), "tls from /127.0.0.", "startHandshake"))
                    .hasSize(stalled);
        });
    }

    /** Lets the crowd pass when its clients are where it says they are, and the hub has been seen to go on. */
    private static Look look(Hub hub, ServerSocket gate, Seen seen, long before)
            throws IOException, InterruptedException {
        try (Socket opener = gate.accept()) {
            List<String> named = new String(opener.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            HubDump dump = hub.dump();
            seen.missing = missing(dump, named);
            while (!seen.missing.isEmpty()) { // on their way there
                GreenThread.sleep(Duration.ofMillis(10));
                dump = hub.dump();
                seen.missing = missing(dump, named);
            }
            long heapBytes = Hubs.offload(CrowdProofTest::usedBytes) - before;
            long ticksBefore = seen.ticks;
            while (seen.ticks == ticksBefore) { // for ever if the hub did not go on
                GreenThread.sleep(Duration.ofMillis(1));
            }
            opener.getOutputStream().write(1);
            return new Look(heapBytes, directBytes(), dump);
        }
    }

    /** Who is not in the dump, of lines that tell the method and whom it serves. */
    private static List<String> missing(HubDump dump, List<String> lines) {
        Map<String, Set<String>> there = new HashMap<>();
        return lines.stream()
                .filter(line -> {
                    String method = line.substring(0, line.indexOf(' '));
                    return !there.computeIfAbsent(method, key -> waiting(dump, "plain from /", key))
                            .contains("plain from /" + line.substring(method.length() + 1));
                })
                .toList();
    }

    private static void checkCounts(StreamServer plain, StreamServer tls, int served, int reset, int stalled)
            throws InterruptedException {
        assertThat(plain.stop(Duration.ofSeconds(60)).isClean()).isTrue();
        assertThat(tls.stop(Duration.ofSeconds(60)).isClean()).isTrue();
        ServerStatistics plainly = plain.statistics();
        assertThat(plainly.open()).isZero();
        assertThat(plainly.acceptErrors()).isZero();
        assertThat(plainly.killed()).isZero();
        assertThat(plainly.served() + plainly.failed()).isEqualTo(plainly.accepted());
        assertThat(plainly.served()).isGreaterThanOrEqualTo(served);
        assertThat(plainly.failed()).isEqualTo(reset);
        assertThat(tls.statistics().handshakes()).isEqualTo(stalled);
    }

    /** The green threads of that name that wait for their peer in that method. */
    private static Set<String> waiting(HubDump dump, String name, String method) {
        Predicate<GreenThreadDump> waits = thread -> {
            GreenThreadDump.Wait wait = thread.waits();
            return wait != null && wait.kind() == GreenThreadDump.Kind.INPUT;
        };
        Set<String> named = new HashSet<>();
        for (GreenThreadDump thread : dump.greenThreads()) {
            if (thread.name().startsWith(name)
                    && waits.test(thread)
                    && thread.stack().stream()
                            .anyMatch(frame -> frame.getMethodName().equals(method))) {
                named.add(thread.name());
            }
        }
        return named;
    }

    private static void requireDescriptors(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            requireDescriptors(connections, unix.getMaxFileDescriptorCount(), System.getenv("CI"));
        }
    }

    private static void requireDescriptors(int connections, long limit, @Nullable String ci) {
        int needed = connections + 1_000;
        if (limit < needed) {
            Services.skip(
                    "this needs " + needed + " descriptors and the limit is " + limit + ": raise it with ulimit -n",
                    ci);
        }
    }

    @Test
    void requireDescriptors_tooFew_skipsAndWithCiFails() {
        assertThatThrownBy(() -> requireDescriptors(500, 1_499, null))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("needs 1500 descriptors and the limit is 1499: raise it with ulimit -n");
        assertThatThrownBy(() -> requireDescriptors(500, 1_499, "true"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("With CI=true no test may be skipped, and this needs 1500 descriptors");
        requireDescriptors(500, 1_500, "true");
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long usedBytes() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
