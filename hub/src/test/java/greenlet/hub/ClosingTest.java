package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

// What a spawned body throws reaches the hub's handler; a yield is what some of these need.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(30)
class ClosingTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void close_spawnedWithinTheGrace_areNotKilled() {
        List<String> done = new ArrayList<>();
        Hub hub = Hub.start();
        hub.spawn(() -> {
            Thread.sleep(5);
            done.add("by itself");
        });

        CloseReport report = hub.close(Duration.ofSeconds(20));

        assertThat(done).containsExactly("by itself");
        assertThat(report).isEqualTo(new CloseReport(hub.name(), List.of(), List.of(), null));
    }

    @Test
    void close_graceOver_killsAndRunsFinally() {
        List<String> done = new ArrayList<>();
        Hub hub = Hub.start();
        hub.spawn(() -> {
            try {
                Thread.sleep(LONG);
            } finally {
                done.add("finally");
            }
        });

        CloseReport report = hub.close(SHORT);

        assertThat(done).containsExactly("finally");
        assertThat(report.killed()).isEqualTo(1);
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void close_inheritedOnes_areKilledWithoutGrace() throws Exception {
        Hub hub = Hub.start();
        Thread inherited = hub.spawn(() -> Thread.ofVirtual().start(() -> LockSupport.parkNanos(Long.MAX_VALUE)))
                .get();

        hub.close(LONG);

        assertThat(inherited.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void close_oneThatIgnoresItsDeath_isAbandonedAndReported() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        GreenThread<?> deaf = hub.spawn("deaf", () -> sleepWhatever(end));

        CloseReport report = hub.close(SHORT);

        assertThat(report.isClean()).isFalse();
        assertThat(report.abandoned()).extracting(CloseReport.Abandoned::name).containsExactly("deaf");
        assertThat(report.describe()).contains("'deaf'").contains("ClosingTest.sleepWhatever");
        assertThat(deaf.isDone()).isFalse();
        end.countDown();
        assertThat(deaf.join(Duration.ofSeconds(10))).isNotNull();
    }

    /**
     * It failed once under load, for two reasons of its own: a thread that had not begun after the grace is cancelled, not abandoned; and what a
     * killed thread waits in is interrupted again and again, so that handing over through a queue's {@code put} could fail.
     */
    @Test
    void abandoned_wokenLater_stillRunOneAtATime() throws Exception {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        int[] inside = {0};
        List<GreenThread<?>> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(hub.spawn(() -> {
                begun.countDown();
                sleepWhatever(end);
                for (int turn = 0; turn < 1_000; turn++) {
                    assertThat(inside[0]++).isZero();
                    inside[0]--;
                    Thread.yield();
                }
                // A timed wait of an abandoned thread needs a carrier at its end.
                LockSupport.parkNanos(1_000_000);
                queue.add(Thread.currentThread().getName());
            }));
        }

        begun.await();
        assertThat(hub.close(SHORT).abandoned()).hasSize(4);
        end.countDown();
        for (int i = 0; i < 4; i++) {
            assertThat(queue.poll(10, TimeUnit.SECONDS)).isNotNull();
        }
        for (GreenThread<?> thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(10))).isInstanceOf(Outcome.Returned.class);
        }
        awaitNoThreadNamed(hub.name() + "-carrier");
    }

    @Test
    void close_oneThatNeverSwitches_reportsWhereTheCarrierIs() {
        boolean[] end = {false};
        CountDownLatch spinning = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        hub.spawn("spinner", () -> spin(spinning, end));

        CloseReport report = hub.close(SHORT);
        end[0] = true;

        assertThat(report.abandoned()).extracting(CloseReport.Abandoned::name).containsExactly("spinner");
        assertThat(report.stuckIn()).isNotNull();
        assertThat(report.describe()).contains("ClosingTest.spin");
    }

    @Test
    void close_byOneOfItsOwn_endsTheOthersAndThenTheHub() throws Exception {
        Hub hub = Hub.builder().grace(SHORT).start();
        GreenThread<String> closer = hub.spawn(() -> {
            GreenThread<?> other = hub.spawn(() -> Thread.sleep(LONG));
            CloseReport report = hub.close(Duration.ZERO);
            assertThat(other.isDone()).isTrue();
            assertThat(report.killed()).isEqualTo(1);
            assertThatThrownBy(() -> hub.spawn(() -> {})).isInstanceOf(RejectedExecutionException.class);
            return "still here";
        });

        assertThat(closer.get()).isEqualTo("still here");
        awaitNoThreadNamed(hub.name() + "-");
    }

    @Test
    void close_twice_givesTheSameReport() {
        Hub hub = Hub.start();

        assertThat(hub.close(SHORT)).isSameAs(hub.close(LONG));
    }

    @Test
    void close_againByTheOneThatCloses_givesTheSameReport() throws Exception {
        Hub hub = Hub.start();

        List<CloseReport> reports =
                hub.spawn(() -> List.of(hub.close(SHORT), hub.close(SHORT))).get();

        assertThat(reports.getLast()).isSameAs(reports.getFirst());
    }

    @Test
    void close_byOneOfItsOwnWhileAnotherCloses_saysThatItIsUnfinished() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        Hub hub = Hub.start();
        GreenThread<CloseReport> insider = hub.spawn(() -> {
            closing.await();
            return hub.close(LONG);
        });
        Thread closer = closeSlowly(hub);
        closing.countDown();

        assertUnfinished(insider.get());
        closer.join();
        assertThat(hub.close(SHORT).isClean()).isTrue();
    }

    @Test
    void close_secondCallerInterrupted_saysThatItIsUnfinished() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.start();
        hub.spawn(() -> end.await());
        Thread closer = closeSlowly(hub);
        Thread.currentThread().interrupt();

        assertUnfinished(hub.close(LONG));
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
        closer.join();
    }

    /** Five seconds are more than it used to wait: its own grace, twice the hub's and four. */
    @Test
    void close_secondCallShorterThanTheFirst_waitsForItsReport() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        hub.spawn(() -> end.await());
        Thread closer = closeSlowly(hub);
        List<CloseReport> second = new ArrayList<>();
        Thread impatient = Thread.ofPlatform().start(() -> second.add(hub.close(Duration.ZERO)));

        assertThat(impatient.join(Duration.ofSeconds(5))).isFalse();
        end.countDown();
        impatient.join();
        closer.join();
        assertThat(second).containsExactly(hub.close(SHORT)).allMatch(CloseReport::isClean);
    }

    @Test
    void close_callbackHoldsUpTheUsherForEver_isBoundedAndSaysSo() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        Ushers.holdUp(hub, end);
        GreenThread<?> deaf = hub.spawn("deaf", () -> sleepWhatever(end));
        GreenThread<?> sleeper = hub.spawn(() -> Thread.sleep(LONG));

        CloseReport report = hub.close(SHORT);

        assertThat(report.abandoned())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isEqualTo("deaf"))
                .satisfies(one -> assertThat(one.reason()).contains("a handler or a callback"));
        assertThat(report.stuckIn()).isNull();
        assertThat(sleeper.isCancelled()).isTrue();
        end.countDown();
        assertThat(deaf.join(Duration.ofSeconds(10))).isNotNull();
    }

    /** Returns when the closing is under way; it lasts until the green threads end by themselves. */
    private static Thread closeSlowly(Hub hub) {
        Thread closer = Thread.ofPlatform().start(() -> hub.close(LONG));
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return closer;
    }

    /** An interrupt closes the channel that its target waits for, on the thread that interrupts. */
    @Test
    void close_channelWhoseCloseNeverReturns_isBounded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        hub.spawn("reader", () -> new StubbornChannel(end).read(begun));
        begun.await();
        CloseReport[] report = {null};
        Thread closer = Thread.ofPlatform().daemon().start(() -> report[0] = hub.close(Duration.ZERO));

        boolean closed = closer.join(Duration.ofSeconds(25));

        end.countDown();
        assertThat(closed).isTrue();
        assertThat(report[0].finished()).isTrue();
        awaitNoThreadNamed("greenlet-killer");
    }

    private static final class StubbornChannel extends AbstractInterruptibleChannel {
        private final CountDownLatch end;

        StubbornChannel(CountDownLatch end) {
            this.end = end;
        }

        void read(CountDownLatch begun) throws Exception {
            try {
                begin();
                begun.countDown();
                LockSupport.park();
            } finally {
                end(false);
            }
        }

        @Override
        protected void implCloseChannel() {
            boolean over = false;
            while (!over) {
                try {
                    over = end.await(1, TimeUnit.DAYS);
                } catch (InterruptedException e) {
                    // stubborn
                }
            }
        }
    }

    private static void assertUnfinished(CloseReport report) {
        assertThat(report.finished()).isFalse();
        assertThat(report.isClean()).isFalse();
        assertThat(report.describe()).contains("still being closed").contains("call close again from outside");
    }

    @Test
    void close_whileClosing_refusesSpawnsFromOutsideOnly() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        Hub hub = Hub.start();
        GreenThread<String> insider = hub.spawn(() -> {
            closing.await();
            return hub.spawn(() -> "from inside").get();
        });
        Thread closer = Thread.ofPlatform().start(hub::close);
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThatThrownBy(() -> hub.spawn(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("closed or closing");
        closing.countDown();
        assertThat(insider.get()).isEqualTo("from inside");
        closer.join();
    }

    @Test
    void close_callerInterrupted_cutsTheGraceAndKeepsTheInterrupt() {
        Hub hub = Hub.start();
        GreenThread<?> sleeper = hub.spawn(() -> Thread.sleep(LONG));
        Thread.currentThread().interrupt();

        CloseReport report = hub.close(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.isClean()).isTrue();
        assertThat(sleeper.isCancelled()).isTrue();
    }

    @Test
    void runUntilMainEnds_others_areKilled() throws Exception {
        List<GreenThread<?>> other = new ArrayList<>();

        Hub.runUntilMainEnds(() -> {
            other.add(Hub.current().spawn(() -> Thread.sleep(LONG)));
            GreenThread.yieldTurn();
        });

        assertThat(other.getFirst().isCancelled()).isTrue();
    }

    @Test
    void run_mainThrows_othersAreKilled() {
        List<GreenThread<?>> other = new ArrayList<>();

        assertThatThrownBy(() -> Hub.run(() -> {
                    other.add(Hub.current().spawn(() -> Thread.sleep(LONG)));
                    GreenThread.yieldTurn();
                    throw new java.io.IOException("main");
                }))
                .hasMessage("main");
        assertThat(other.getFirst().isCancelled()).isTrue();
    }

    @Test
    void run_callerInterrupted_passesItOnToTheBody() {
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> Hub.run(() -> {
                    caller.interrupt();
                    Thread.sleep(LONG);
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void thousandHubs_openedUsedInAllWaysAndClosed_leaveNothing(@TempDir Path directory) throws Exception {
        int hubs = Proofs.size(1_000, 1_000, 1_000);
        Process cat = new ProcessBuilder("cat").start();
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("file").toFile(), "rwd")) {
            openUseAndClose(5, cat, file);
            awaitNoThreadNamed("leak-");
            int threadsBefore = Thread.getAllStackTraces().size();
            long descriptorsBefore = Proofs.openDescriptors();
            int containersBefore = Proofs.threadContainers().size();

            openUseAndClose(hubs, cat, file);

            awaitNoThreadNamed("leak-");
            assertThat(Thread.getAllStackTraces()).hasSizeLessThanOrEqualTo(threadsBefore + 2);
            assertThat(Proofs.openDescriptors()).isLessThanOrEqualTo(descriptorsBefore + 2);
            assertThat(Proofs.threadContainers())
                    .hasSizeLessThanOrEqualTo(containersBefore)
                    .noneMatch(name -> name.contains("leak-"));
        } finally {
            cat.destroy();
        }
    }

    private static void openUseAndClose(int hubs, Process cat, RandomAccessFile file) throws Exception {
        for (int i = 0; i < hubs; i++) {
            Hub hub = Hub.builder()
                    .name("leak-hub")
                    .grace(Duration.ZERO)
                    .handOffAfter(Duration.ZERO)
                    .start();
            switch (i % 5) {
                case 0 -> exchangeThroughASocket(hub);
                case 1 -> handOver(hub, file);
                case 2 -> killASleeper(hub);
                case 3 -> abandonOneThatReads(hub, cat);
                default -> closeFromInside(hub);
            }
        }
    }

    private static void exchangeThroughASocket(Hub hub) throws Exception {
        GreenThread<Integer> client = hub.spawn(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                hub.spawn(() -> {
                    try (Socket accepted = server.accept()) {
                        accepted.getOutputStream().write(7);
                    }
                });
                return socket.getInputStream().read();
            }
        });
        assertThat(client.get()).isEqualTo(7);
        assertThat(hub.close(LONG).isClean()).isTrue();
    }

    private static void handOver(Hub hub, RandomAccessFile file) throws Exception {
        hub.spawn(() -> file.write(1)).get();
        assertThat(hub.statistics().handOffs()).isEqualTo(1);
        assertThat(hub.close(LONG).isClean()).isTrue();
    }

    private static void killASleeper(Hub hub) throws Exception {
        GreenThread<?> sleeper = hub.spawn(() -> Thread.sleep(LONG));
        sleeper.kill();
        assertThat(sleeper.join()).isInstanceOf(Outcome.Exited.class);
        assertThat(hub.close(LONG).isClean()).isTrue();
    }

    /** A read of a pipe cannot be ended; it ends when there is something to read, after the hub. */
    private static void abandonOneThatReads(Hub hub, Process cat) throws Exception {
        boolean[] reads = {false};
        GreenThread<Integer> reader = hub.spawn("reader", () -> {
            reads[0] = true;
            return cat.getInputStream().read();
        });
        assertThat(hub.spawn(() -> reads[0]).get()).isTrue(); // its turn came by the hand-off

        CloseReport report = hub.close(Duration.ZERO);
        assertThat(report.abandoned()).extracting(CloseReport.Abandoned::name).containsExactly("reader");
        cat.getOutputStream().write('x');
        cat.getOutputStream().flush();
        assertThat(reader.join()).isNotInstanceOf(Outcome.Failed.class);
    }

    private static void closeFromInside(Hub hub) throws Exception {
        GreenThread<CloseReport> closer = hub.spawn(() -> {
            hub.spawn(() -> Thread.sleep(LONG));
            GreenThread.yieldTurn(); // it sleeps
            return hub.close(Duration.ZERO);
        });
        assertThat(closer.get().killed()).isEqualTo(1);
    }

    /** A body that swallows every interrupt, and everything else, until it is told to end. */
    private static void sleepWhatever(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (Throwable e) {
                // what this test is about
            }
        }
    }

    private static void spin(CountDownLatch spinning, boolean[] end) {
        spinning.countDown();
        while (!end[0]) {
            Thread.onSpinWait();
        }
    }

    /** Carriers end by themselves, a moment after what they ran; bounded by the class's timeout. */
    private static void awaitNoThreadNamed(String prefix) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(prefix)) {
                thread.join();
            }
        }
    }
}
