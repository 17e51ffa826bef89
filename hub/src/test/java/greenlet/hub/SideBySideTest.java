package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many hubs at once, run by platform threads and by virtual threads of the JDK's own scheduler. */
@Timeout(120)
class SideBySideTest {
    private static final int HUBS = 50;
    private static final int ROUNDS = 5;

    /** What one caller saw. */
    private record Seen(Hub hub, Hub nested, long handOffs, List<String> steps) {}

    @TempDir
    private Path directory;

    @BeforeAll
    static void everyHubHasItsEpoll() {
        Hubs.install();
    }

    @Test
    void hubs_fiftyAtOnceFromPlatformAndVirtualThreads_workAndEndEachOnItsOwn() throws Exception {
        CyclicBarrier allOpen = new CyclicBarrier(HUBS);
        List<Future<Seen>> callers = new ArrayList<>();
        for (int i = 0; i < HUBS; i++) {
            int number = i;
            FutureTask<Seen> caller = new FutureTask<>(() -> useAHub(number, allOpen));
            callers.add(caller);
            Thread thread =
                    (i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).unstarted(caller);
            thread.start();
        }
        List<Seen> seen = new ArrayList<>();
        for (Future<Seen> caller : callers) {
            seen.add(caller.get(100, TimeUnit.SECONDS));
        }

        assertThat(seen).allSatisfy(one -> {
            assertThat(one.steps()).containsExactlyElementsOf(expectedSteps());
            assertThat(one.handOffs()).isPositive();
        });
        assertThat(seen.stream().map(Seen::hub).collect(Collectors.toSet())).hasSize(HUBS);
        assertThat(seen.stream().map(Seen::nested).collect(Collectors.toSet()))
                .hasSize(HUBS)
                .doesNotContainAnyElementsOf(seen.stream().map(Seen::hub).toList());
        assertThat(Hubs.all())
                .doesNotContainAnyElementsOf(seen.stream().map(Seen::hub).toList());
        assertThat(Hubs.all())
                .doesNotContainAnyElementsOf(seen.stream().map(Seen::nested).toList());
    }

    private static List<String> expectedSteps() {
        List<String> steps = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            steps.addAll(List.of("timer", "socket " + round, "file", "nested"));
        }
        return steps;
    }

    private Seen useAHub(int number, CyclicBarrier allOpen) throws Exception {
        Thread caller = Thread.currentThread();
        return Hub.builder().handOffAfter(Duration.ZERO).run(() -> {
            assertThat(Thread.currentThread()).isNotSameAs(caller);
            allOpen.await(); // fifty hubs wait for each other, and every one of their callers is blocked
            List<String> steps = new ArrayList<>();
            Hub nested = null;
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve("file" + number).toFile(), "rwd")) {
                for (int round = 0; round < ROUNDS; round++) {
                    Thread.sleep(0, 100_000);
                    steps.add("timer");
                    steps.add("socket " + exchange(round));
                    file.write(round);
                    steps.add("file");
                    nested = nestedHub();
                    steps.add("nested");
                }
            }
            Hub hub = Hub.current();
            return new Seen(
                    hub, Objects.requireNonNull(nested), hub.statistics().handOffs(), steps);
        });
    }

    private static int exchange(int value) throws IOException, InterruptedException, ExecutionException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GreenThread<Integer> answer = Hub.current().spawn(() -> {
                try (Socket accepted = server.accept()) {
                    return accepted.getInputStream().read();
                }
            });
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                socket.getOutputStream().write(value);
                return answer.get();
            }
        }
    }

    private static Hub nestedHub() throws InterruptedException {
        Hub outer = Hub.current();
        Hub inner = Hub.run(() -> {
            Thread.sleep(0, 100_000);
            return Hub.current();
        });
        assertThat(Hub.current()).isSameAs(outer);
        return inner;
    }
}
