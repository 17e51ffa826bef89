package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hundred green threads do everything that switches, at random, over data that nothing guards but the promise: never two at
 * once, no update lost.
 */
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck", "WaitNotInLoop"})
@Timeout(value = 20, unit = TimeUnit.HOURS)
class TwoAtOnceTest {
    private static final int THREADS = 100;
    private static final int THRESHOLDS = 4;

    /** What is promised to need no guard: deliberately plain. */
    private static final class Shared {
        final Map<Integer, Integer> map = new HashMap<>();
        long counter;
        int inside;
        long overlaps;

        /** One slice of work: long enough that a second one at the same time would be seen. */
        void touch(int id) {
            touchCounter(id);
            map.merge(id % 10, 1, Integer::sum);
        }

        void touchCounter(int id) {
            if (inside != 0) {
                overlaps++;
            }
            inside = id + 1;
            counter++;
            Thread.onSpinWait();
            if (inside != id + 1) {
                overlaps++;
            }
            inside = 0;
        }
    }

    private final Shared shared = new Shared();
    private long endsAsked;
    private long endsTold;
    private final ReentrantLock lock = new ReentrantLock();
    private final Object monitor = new Object();
    private final BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(THREADS);

    /** For a platform thread that kills them. */
    private final BlockingQueue<GreenThread<?>> victims = new ArrayBlockingQueue<>(THREADS);

    /** Each threshold has its share of the slices, and of the threads' luck. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 200, 1_000})
    void everythingAtRandom_overUnguardedData_losesNothing(int handOffMicros, @TempDir Path directory) {
        // A hub that is not handed over stands still for ever, and no interrupt helps: it is left behind.
        assertTimeoutPreemptively(
                Duration.ofMinutes(Proofs.size(10, 60, 1_200)), () -> everythingAtRandom(handOffMicros, directory));
    }

    private void everythingAtRandom(int handOffMicros, Path directory) throws Exception {
        long slices = Proofs.size(2_000_000L, 20_000_000L, 1_000_000_000L) / THRESHOLDS;
        long each = slices / THREADS;

        Thread killer = Thread.ofPlatform().daemon().start(this::killFromOutside);
        HubBuilder options = Hub.builder().handOffAfter(Duration.ofNanos(1_000L * handOffMicros));
        try (ServerSocket server = new ServerSocket(0, THREADS, InetAddress.getLoopbackAddress());
                RandomAccessFile file =
                        new RandomAccessFile(directory.resolve("file").toFile(), "rwd");
                BlockingSteps blocking = new BlockingSteps(directory)) {
            options.runUntilMainEnds(() -> {
                Hub hub = Hub.current();
                hub.spawn("echo", () -> serveEcho(server));
                GreenThread<?>[] threads = new GreenThread<?>[THREADS];
                for (int i = 0; i < THREADS; i++) {
                    int id = i;
                    threads[i] = hub.spawn(() -> work(handOffMicros + id, each, server, file, blocking));
                }
                for (GreenThread<?> thread : threads) {
                    assertThat(thread.join()).isInstanceOf(Outcome.Returned.class);
                }
                // Of these each step hands over at least once, whatever the threshold: nobody else could answer it.
                assertThat(blocking.answered()).isPositive();
                assertThat(hub.statistics().handOffs()).isGreaterThanOrEqualTo(blocking.answered());
                return null;
            });
        }
        killer.interrupt();
        killer.join();
        assertThat(endsTold).isEqualTo(endsAsked).isPositive();

        assertThat(shared.overlaps).isZero();
        assertThat(shared.counter).isEqualTo(each * THREADS);
        assertThat(shared.map.values().stream().mapToLong(Integer::longValue).sum())
                .isEqualTo(each * THREADS);
    }

    @Test
    void sameCheck_onTwoPlatformThreads_catchesThem() throws Exception {
        long each = 2_000_000;
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            int id = i;
            // Far apart in the map: it must be the counter that tells, not a corrupted table that loops.
            threads[i] = Thread.ofPlatform().start(() -> {
                for (long slice = 0; slice < each; slice++) {
                    shared.touchCounter(id);
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(shared.overlaps + each * threads.length - shared.counter).isPositive();
    }

    private void work(int id, long slices, ServerSocket server, RandomAccessFile file, BlockingSteps blocking)
            throws Exception {
        SplittableRandom random = new SplittableRandom(id);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            for (long slice = 0; slice < slices; slice++) {
                shared.touch(id);
                step(random, socket, file);
                rareStep(id, random, blocking);
            }
        }
    }

    /** What costs more than a switch: processes, descriptors, an exception. */
    private void rareStep(int id, SplittableRandom random, BlockingSteps blocking) throws Exception {
        switch (random.nextInt(20_000)) {
            case 0 -> blocking.readAnswer();
            case 1 -> blocking.printIntoAFullPipe();
            case 2 -> blocking.killOneThatReads();
            case 3 -> blocking.lockFile(id);
            case 4 -> blocking.lookUpName();
            case 5 -> PolledSteps.datagram();
            case 6 -> PolledSteps.pipe();
            case 7 -> PolledSteps.selector();
            case 8 ->
                assertThat(Hub.current()
                                .spawnAfter(Duration.ofNanos(100_000), () -> 1)
                                .get())
                        .isEqualTo(1);
            case 9 -> cancelOneThatHasNotBegun();
            case 10 -> expire();
            case 11 -> throughExecutor();
            case 12 -> askForAnEnd();
            case 13 -> haveOneKilledFromOutside(random);
            default -> {
                // Nothing more than the step before.
            }
        }
    }

    private void cancelOneThatHasNotBegun() throws InterruptedException {
        GreenThread<?> late = Hub.current().spawn(() -> {
            throw new AssertionError("it was cancelled before it began");
        });
        countItsEnd(late);
        assertThat(late.cancel(false)).isTrue();
        assertThat(late.join()).isInstanceOf(Outcome.Exited.class);
        awaitItsCallbacks(late);
    }

    /** Before it begins, or in its first wait. */
    private void haveOneKilledFromOutside(SplittableRandom random) throws InterruptedException {
        GreenThread<?> victim = Hub.current()
                .spawnAfter(
                        random.nextBoolean() ? Duration.ofDays(1) : Duration.ZERO,
                        () -> Thread.sleep(Duration.ofDays(1)));
        countItsEnd(victim);
        victims.put(victim);
        assertThat(victim.join()).isInstanceOf(Outcome.Exited.class);
        awaitItsCallbacks(victim);
    }

    private void killFromOutside() {
        try {
            while (true) {
                victims.take().kill();
            }
        } catch (InterruptedException e) {
            // the hub has ended
        }
    }

    private static void expire() throws InterruptedException {
        try {
            greenlet.hub.Timeout.of(Duration.ofNanos(50_000)).run(() -> Thread.sleep(Duration.ofDays(1)));
            throw new AssertionError("it slept for a day");
        } catch (TimedOutException e) {
            Thread.yield();
        }
    }

    private static void throughExecutor() throws Exception {
        try (ExecutorService executor = Hub.current().executor()) {
            assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        }
    }

    private void askForAnEnd() throws InterruptedException {
        GreenThread<?> asked = Hub.current().spawn(() -> Thread.yield());
        countItsEnd(asked);
        asked.join();
        awaitItsCallbacks(asked);
    }

    /** The one that ends tells: counted without a guard as well. */
    private void countItsEnd(GreenThread<?> thread) {
        thread.onEnd(outcome -> endsTold++);
        endsAsked++;
    }

    private static void awaitItsCallbacks(GreenThread<?> thread) throws InterruptedException {
        OnHub.await(() -> thread.thread().getState() == Thread.State.TERMINATED);
    }

    private void step(SplittableRandom random, Socket socket, RandomAccessFile file) throws Exception {
        // Mostly yields, so that there are many slices; each of the others often enough to meet each other.
        switch (random.nextInt(10_000)) {
            case 0 -> Thread.sleep(0, random.nextInt(200_000));
            case 1, 2, 3, 4, 5 -> underLock();
            case 6, 7, 8, 9, 10 -> underMonitor();
            case 11, 12, 13, 14 -> waitAndNotify();
            case 15, 16, 17, 18 -> throughQueue();
            case 19 -> Thread.startVirtualThread(Thread::yield).join();
            case 20 -> Hub.current().spawn(() -> Thread.yield()).join();
            case 21 -> killASleeper();
            case 22, 23, 24 -> exchange(socket);
            case 26, 27 -> file.write(random.nextInt(256)); // mode rwd: blocks the carrier
            case 28 -> Hubs.offload(() -> 1);
            case 29 -> interruptOneself();
            case 25 -> ForkJoinPool.commonPool().submit(() -> 1).get();
            default -> Thread.yield();
        }
    }

    private void underLock() {
        lock.lock();
        try {
            Thread.yield();
        } finally {
            lock.unlock();
        }
    }

    private void underMonitor() {
        synchronized (monitor) {
            Thread.yield();
        }
    }

    private void waitAndNotify() throws InterruptedException {
        synchronized (monitor) {
            monitor.notifyAll();
            monitor.wait(1);
        }
    }

    private void throughQueue() throws InterruptedException {
        queue.put(1);
        Thread.yield();
        queue.take();
    }

    /** Before a call that blocks the carrier, which must survive it. */
    private static void interruptOneself() {
        Thread.currentThread().interrupt();
        Thread.yield();
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void killASleeper() throws InterruptedException {
        GreenThread<?> sleeper = Hub.current().spawn(() -> GreenThread.sleep(Duration.ofDays(1)));
        Thread.yield();
        sleeper.kill();
        sleeper.join();
    }

    private static void exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(1);
        if (socket.getInputStream().read() != 1) {
            throw new IOException("The echo said something else");
        }
    }

    private static void serveEcho(ServerSocket server) throws IOException {
        while (true) {
            Socket accepted = server.accept();
            Hub.current().spawn(() -> {
                try (accepted) {
                    int heard = accepted.getInputStream().read();
                    while (heard >= 0) {
                        accepted.getOutputStream().write(heard);
                        heard = accepted.getInputStream().read();
                    }
                }
            });
        }
    }
}
