package greenlet.hub;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waits of the JDK that are switch points by themselves: no carrier is handed over, no thread is blocked. */
@Timeout(120)
class CooperatingCallsTest {
    static Stream<Arguments> waits() {
        return Stream.of(
                latch(),
                semaphore(),
                future(),
                queue(),
                handOver(),
                exchanger(),
                phaser(),
                barrier(),
                condition(),
                stampedLock(),
                monitorWait(),
                parked());
    }

    private static Arguments wait(String name, Sibling.Step call, Sibling.Step release) {
        return argumentSet(name, call, release);
    }

    private static Arguments latch() {
        CountDownLatch latch = new CountDownLatch(1);
        return wait("CountDownLatch", latch::await, latch::countDown);
    }

    private static Arguments semaphore() {
        Semaphore semaphore = new Semaphore(0);
        return wait("Semaphore", semaphore::acquire, semaphore::release);
    }

    private static Arguments future() {
        CompletableFuture<String> future = new CompletableFuture<>();
        return wait("CompletableFuture", () -> future.get(60, SECONDS), () -> future.complete("done"));
    }

    private static Arguments queue() {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        return wait("ArrayBlockingQueue", queue::take, () -> queue.put(1));
    }

    private static Arguments handOver() {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        return wait("SynchronousQueue", () -> queue.put(1), queue::take);
    }

    private static Arguments exchanger() {
        Exchanger<Integer> exchanger = new Exchanger<>();
        return wait("Exchanger", () -> exchanger.exchange(1), () -> exchanger.exchange(2));
    }

    private static Arguments phaser() {
        Phaser phaser = new Phaser(1);
        return wait("Phaser", () -> phaser.awaitAdvance(0), phaser::arrive);
    }

    private static Arguments barrier() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        return wait("CyclicBarrier", barrier::await, barrier::await);
    }

    private static Arguments condition() {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        boolean[] released = {false};
        return wait(
                "Condition",
                () -> {
                    lock.lock();
                    try {
                        while (!released[0]) {
                            condition.await();
                        }
                    } finally {
                        lock.unlock();
                    }
                },
                () -> {
                    lock.lock();
                    try {
                        released[0] = true;
                        condition.signal();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    private static Arguments stampedLock() {
        StampedLock lock = new StampedLock();
        long stamp = lock.writeLock();
        return wait("StampedLock", () -> lock.unlockRead(lock.readLock()), () -> lock.unlockWrite(stamp));
    }

    private static Arguments monitorWait() {
        Object monitor = new Object();
        boolean[] released = {false};
        return wait(
                "Object.wait",
                () -> {
                    synchronized (monitor) {
                        while (!released[0]) {
                            monitor.wait();
                        }
                    }
                },
                () -> {
                    synchronized (monitor) {
                        released[0] = true;
                        monitor.notifyAll();
                    }
                });
    }

    private static Arguments parked() {
        Thread[] waiter = new Thread[1];
        boolean[] released = {false};
        return wait(
                "LockSupport.park",
                () -> {
                    waiter[0] = Thread.currentThread();
                    while (!released[0]) {
                        LockSupport.park();
                    }
                },
                () -> {
                    released[0] = true;
                    LockSupport.unpark(waiter[0]);
                });
    }

    @ParameterizedTest
    @MethodSource("waits")
    void wait_notReleasedYet_letsOthersRun(Sibling.Step call, Sibling.Step release) throws Exception {
        Sibling.hasTurnsDuring(call, release);
    }

    /** The lock's owner is outside the hub, as the sibling must not own what the caller waits for. */
    @ParameterizedTest
    @MethodSource("locks")
    void lock_heldByAPlatformThread_letsOthersRun(Sibling.Step lockAndUnlock) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        owned = () -> {
            held.countDown();
            released.await();
        };
        Thread owner = Thread.ofPlatform().start(() -> {
            try {
                lockAndUnlock.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        held.await();
        owned = () -> {};

        Sibling.hasTurnsDuring(lockAndUnlock, released::countDown);
        owner.join();
    }

    /** What the owner of a lock does with it. */
    private static volatile Sibling.Step owned = () -> {};

    static Stream<Arguments> locks() {
        ReentrantLock lock = new ReentrantLock();
        Sibling.Step reentrant = () -> {
            lock.lock();
            try {
                owned.run();
            } finally {
                lock.unlock();
            }
        };
        Object monitor = new Object();
        Sibling.Step synchronised = () -> {
            synchronized (monitor) {
                owned.run();
            }
        };
        return Stream.of(argumentSet("ReentrantLock", reentrant), argumentSet("synchronized", synchronised));
    }

    @Test
    void join_ofAPlatformThread_letsOthersRun() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        Thread platform = Thread.ofPlatform().start(() -> {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Sibling.hasTurnsDuring(platform::join, released::countDown);
    }

    @Test
    void process_waitFor_letsOthersRun() throws Exception {
        Process cat = new ProcessBuilder("cat").start();

        Sibling.hasTurnsDuring(cat::waitFor, () -> cat.getOutputStream().close());
    }

    @Test
    void watchService_take_letsOthersRun(@TempDir Path directory) throws Exception {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);

            Sibling.hasTurnsDuring(watch::take, () -> Files.createFile(directory.resolve("new")));
        }
    }

    @Test
    void asynchronousChannel_get_letsOthersRun() throws Exception {
        try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            client.connect(server.getLocalAddress()).get();
            AsynchronousSocketChannel accepted = server.accept().get();

            Sibling.hasTurnsDuring(
                    () -> accepted.read(ByteBuffer.allocate(1)).get(),
                    () -> client.write(ByteBuffer.wrap(new byte[1])).get());
            accepted.close();
        }
    }
}
