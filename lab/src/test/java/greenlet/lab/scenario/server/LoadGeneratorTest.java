package greenlet.lab.scenario.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.ThreadMechanism;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {
    private static final ThreadFactory THREADS =
            Thread.ofPlatform().daemon().name("server-", 0).factory();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void fixedRate_makesTheRequestsOfItsSchedule_noneLeftOut() throws IOException {
        try (ThreadServer server = ThreadServer.start(THREADS);
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), true, 20);
            Load load = generator.fixedRate(500, SECOND / 5);
            assertThat(load.requests()).isEqualTo(100);
            assertThat(load.wallNanos()).isGreaterThanOrEqualTo(99 * SECOND / 500);
            assertThat(load.p50Nanos()).isPositive().isLessThanOrEqualTo(load.p99Nanos());
            assertThat(load.p99Nanos()).isLessThanOrEqualTo(load.maxNanos());
        }
    }

    @Test
    void randomTimes_fromAGeneratorThatRests_makesAllRequestsWithinTheirTime() throws IOException {
        try (ThreadServer server = ThreadServer.start(THREADS);
                LoadGenerator generator = LoadGenerator.resting(20_000)) {
            generator.connect(server.port(), true, 20);
            Load load = generator.randomTimes(500, SECOND / 5);
            assertThat(load.requests()).isEqualTo(100);
            assertThat(load.wallNanos()).isGreaterThan(SECOND / 10);
            assertThat(load.p50Nanos()).isPositive().isLessThanOrEqualTo(load.p99Nanos());
        }
    }

    @Test
    void work_isDoneBetweenRequestAndAnswer() throws IOException {
        AtomicInteger worked = new AtomicInteger();
        try (ThreadServer server = ThreadServer.start(THREADS, worked::incrementAndGet);
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), true, 2);
            assertThat(generator.fixedRate(1000, SECOND / 50).requests()).isEqualTo(20);
            assertThat(worked).hasValue(22);
        }
    }

    @Test
    void full_keepsEveryConnectionBusy_andCanGoOnAfterwards() throws IOException {
        try (ThreadServer server = ThreadServer.start(THREADS);
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), true, 10);
            assertThat(generator.full(SECOND / 20).requests()).isPositive();
            generator.connect(server.port(), true, 3);
            generator.connect(server.port(), true, 5);
            assertThat(generator.fixedRate(100, SECOND / 10).requests()).isEqualTo(10);
        }
    }

    /** Held until the test says so, which it does only after requests were answered beyond the first of each connection. */
    @Test
    void hold_keepsEveryConnectionBusyUntilItIsReleased_andCanGoOnAfterwards() throws IOException {
        AtomicInteger worked = new AtomicInteger();
        AtomicInteger workedAtBegin = new AtomicInteger(-1);
        try (ThreadServer server = ThreadServer.start(THREADS, worked::incrementAndGet);
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), true, 4);
            Load load = generator.hold(() -> workedAtBegin.set(worked.get()), () -> worked.get() >= 100);
            assertThat(workedAtBegin.get()).isBetween(4, 8);
            assertThat(load.requests()).isGreaterThanOrEqualTo(90);
            assertThat(generator.fixedRate(100, SECOND / 10).requests()).isEqualTo(10);
        }
    }

    /** The look is one at a server whose requests go on: it waits for more of them than there are connections, and gets them. */
    @Test
    void hold_ofTheGeneratorsProcess_goesOnAsLongAsTheLook() throws Exception {
        AtomicInteger worked = new AtomicInteger();
        try (ThreadServer server = ThreadServer.start(THREADS, worked::incrementAndGet);
                LoadClient load = LoadClient.startSharing()) {
            load.connect(server, 3);
            Load held = load.hold(() -> {
                int before = worked.get();
                while (worked.get() < before + 50) {
                    Thread.onSpinWait();
                }
            });
            assertThat(held.requests()).isGreaterThanOrEqualTo(50);
            assertThat(load.fixedRate(100, Duration.ofMillis(100)).requests()).isEqualTo(10);
        }
    }

    @Test
    void greenletServer_servesToo_andEndsWithItsHub() throws IOException {
        try (ThreadMechanism.Running running = new Greenlets().open();
                ThreadServer server = ThreadServer.start(running.threads());
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), true, 50);
            assertThat(generator.fixedRate(500, SECOND / 10).requests()).isEqualTo(50);
        }
    }

    @Test
    void slowGenerator_isFoundOut() throws IOException {
        Runnable planted = () -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 5_000_000) {
                Thread.onSpinWait();
            }
        };
        try (ThreadServer server = ThreadServer.start(THREADS);
                LoadGenerator generator = new LoadGenerator(planted)) {
            generator.connect(server.port(), true, 4);
            assertThat(generator.fixedRate(2000, SECOND / 10).isGeneratorSaturated())
                    .isTrue();
        }
    }

    /** The server sleeps once; a generator that waited for its answer before it went on would see one slow request. */
    @Test
    void stallOfTheServer_showsInEveryRequestThatItHeldUp() throws IOException {
        AtomicInteger served = new AtomicInteger();
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                LoadGenerator generator = new LoadGenerator()) {
            serveOne(listener, () -> {
                if (served.incrementAndGet() == 50) {
                    LockSupport.parkNanos(SECOND / 2);
                }
            });
            generator.connect(listener.getLocalPort(), true, 1);
            Load load = generator.fixedRate(200, SECOND);
            assertThat(load.requests()).isEqualTo(200);
            assertThat(load.maxNanos()).isGreaterThan(SECOND / 10 * 4);
            // Half a second of two hundred requests a second: a hundred of them waited, half of these for more than 200
            // ms.
            assertThat(load.p99Nanos()).isGreaterThan(SECOND / 10 * 4);
        }
    }

    @Test
    void serverThatHangsUp_isNamed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                LoadGenerator generator = new LoadGenerator()) {
            THREADS.newThread(() -> hangUp(listener)).start();
            assertThatThrownBy(() -> generator.connect(listener.getLocalPort(), true, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed a connection before its answer was complete");
        }
    }

    @Test
    void processServer_closesAfterEachAnswer_andCounts() throws IOException {
        try (ProcessServer server = ProcessServer.start(2);
                LoadGenerator generator = new LoadGenerator()) {
            generator.connect(server.port(), false, 10);
            long before = server.cpuNanos();
            assertThat(generator.fixedRate(200, SECOND / 4).requests()).isEqualTo(50);
            assertThat(server.cpuNanos()).isGreaterThan(before);
            assertThat(server.memory().residentBytes()).isGreaterThan(1 << 20);
            assertThat(server.baseline()).isEqualTo(ServerMemory.NONE);
        }
    }

    private static void serveOne(ServerSocket listener, Runnable beforeAnswer) {
        THREADS.newThread(() -> {
                    try (Socket socket = listener.accept()) {
                        socket.setTcpNoDelay(true);
                        byte[] buffer = new byte[256];
                        while (Http.readRequest(socket.getInputStream(), buffer)) {
                            beforeAnswer.run();
                            socket.getOutputStream().write(Http.ANSWER);
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                })
                .start();
    }

    private static void hangUp(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            Http.readRequest(socket.getInputStream(), new byte[256]);
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
