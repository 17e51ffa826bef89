package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

// What a spawned body throws reaches the thread's handler; yields are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(30)
class HubTest {
    @Test
    void run_bodyReturns_givesItsValueToTheCaller() {
        assertThat(Hub.run(() -> 6 * 7)).isEqualTo(42);
    }

    @Test
    void run_bodyThrows_throwsTheIdenticalObject() {
        IOException failure = new IOException("disk gone");

        assertThatThrownBy(() -> Hub.run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void run_mainReturnsFirst_waitsForTheSpawned() {
        List<String> order = new ArrayList<>();

        Hub.run(() -> {
            Hub.current().spawn(() -> {
                Thread.sleep(5);
                order.add("spawned");
            });
            order.add("main");
        });

        assertThat(order).containsExactly("main", "spawned");
    }

    @Test
    void run_calledFromAGreenThread_runsOnAnotherHub() {
        String inner = Hub.run(() -> {
            Hub outer = Hub.current();
            return Hub.run(() -> Hub.current() == outer ? "same" : "another");
        });

        assertThat(inner).isEqualTo("another");
    }

    @Test
    void spawn_many_takeTurnsInOrderOfSpawning() {
        List<Integer> order = new ArrayList<>();

        Hub.run(() -> {
            for (int i = 0; i < 3; i++) {
                int number = i;
                Hub.current().spawn(() -> {
                    order.add(number);
                    Thread.yield();
                    order.add(number + 10);
                });
            }
        });

        assertThat(order).containsExactly(0, 1, 2, 10, 11, 12);
    }

    @Test
    void spawn_fromAPlatformThread_runsOnTheHub() throws Exception {
        try (Hub hub = Hub.start()) {
            assertThat(hub.spawn(() -> Hub.current()).get()).isSameAs(hub);
        }
    }

    @Test
    void spawn_onAClosedHub_isRefused() {
        Hub hub = Hub.start();
        hub.close();

        assertThatThrownBy(() -> hub.spawn(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("the hub is closed");
    }

    @Test
    void sleep_many_wakeInOrderOfTheirDeadlines() {
        List<Integer> order = new ArrayList<>();

        Hub.run(() -> {
            for (int millis : new int[] {30, 10, 20}) {
                Hub.current().spawn(() -> {
                    Thread.sleep(millis);
                    order.add(millis);
                });
            }
        });

        assertThat(order).containsExactly(10, 20, 30);
    }

    @Test
    void get_bodyThrew_hasItAsCause() throws Exception {
        IllegalStateException failure = new IllegalStateException("no");
        try (Hub hub = Hub.start()) {
            GreenThread<?> thread = hub.spawn(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {});
                throw failure;
            });

            assertThatThrownBy(thread::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(failure);
        }
    }

    @Test
    void get_onOneself_isRefused() {
        assertThatThrownBy(() -> Hub.run(() -> GreenThread.current().get()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot get the value of itself");
        assertThatThrownBy(() -> Hub.run(() -> GreenThread.current().get(1, TimeUnit.SECONDS)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot get the value of itself");
    }

    @Test
    void join_ofOneself_isRefused() {
        assertThatThrownBy(() -> Hub.run(() -> GreenThread.current().join()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot join itself: it would wait for ever");
        assertThatThrownBy(() -> Hub.run(() -> GreenThread.current().join(Duration.ofSeconds(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot join itself");
    }

    @Test
    void wait_notifiedByAnotherThread_resumes() throws Exception {
        Object monitor = new Object();
        boolean[] ready = {false};
        try (Hub hub = Hub.start()) {
            GreenThread<String> waiter = hub.spawn(() -> {
                synchronized (monitor) {
                    while (!ready[0]) {
                        monitor.wait(10_000);
                    }
                }
                return "notified";
            });
            synchronized (monitor) {
                ready[0] = true;
                monitor.notifyAll();
            }

            assertThat(waiter.get()).isEqualTo("notified");
        }
    }

    @Test
    void handOver_betweenPlatformThreadAndHub_losesNoWakeUp() throws Exception {
        SynchronousQueue<Integer> there = new SynchronousQueue<>();
        SynchronousQueue<Integer> back = new SynchronousQueue<>();
        try (Hub hub = Hub.start()) {
            GreenThread<?> echo = hub.spawn(() -> {
                for (int i = 0; i < 5_000; i++) {
                    back.put(there.take());
                }
            });
            for (int i = 0; i < 5_000; i++) {
                there.put(i);
                assertThat(back.poll(10, TimeUnit.SECONDS)).isEqualTo(i);
            }
            echo.join();
        }
    }

    @Test
    void socket_readOnTheHub_letsOthersRun() throws Exception {
        assertThat(exchangeOneByteOnAHub()).containsExactly(7);
    }

    private static byte[] exchangeOneByteOnAHub() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        return Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Hub.current().spawn(() -> {
                    reading.await();
                    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                        client.getOutputStream().write(7);
                    }
                });
                reading.countDown();
                try (Socket accepted = server.accept()) {
                    return accepted.getInputStream().readAllBytes();
                }
            }
        });
    }

    @Test
    void socket_afterTheHubThatUsedOneClosed_worksElsewhere() throws Exception {
        assertThat(exchangeOneByteOnAHub()).hasSize(1);

        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread client = Thread.startVirtualThread(() -> {
                try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    socket.getOutputStream().write(socket.getInputStream().read());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write(9);
                assertThat(accepted.getInputStream().read()).isEqualTo(9);
            }
            client.join();
        }
    }

    @Test
    void inherited_virtualThreads_runOnTheSameHub() throws Exception {
        List<String> carriers = new ArrayList<>();

        Hub.run(() -> {
            Runnable record =
                    () -> carriers.add(Thread.currentThread().toString().replaceFirst(".*@", ""));
            record.run();
            Thread.startVirtualThread(record).join();
            try (ExecutorService perTask = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                perTask.submit(record);
            }
        });

        assertThat(carriers).hasSize(3);
        assertThat(carriers.stream().distinct()).hasSize(1);
    }

    @Test
    void executor_closed_leavesTheHubOpen() throws Exception {
        try (Hub hub = Hub.start()) {
            Future<Boolean> task;
            try (ExecutorService executor = hub.executor()) {
                task = executor.submit(() -> Thread.currentThread().isVirtual());
            }
            assertThat(task.resultNow()).isTrue();
            assertThat(hub.spawn(() -> "open").get()).isEqualTo("open");
        }
    }

    /** A length of time beyond three hundred years was an ArithmeticException somewhere inside. */
    @Test
    void everyDuration_forEver_isTaken() throws Exception {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        Watch watch = Watch.standard().limit(forEver).idleLimit(forEver);
        HubBuilder builder = Hub.builder().handOffAfter(forEver).grace(forEver).watch(watch);

        int status = builder.run(() -> {
            Process process = new ProcessBuilder("true").start();
            GreenThread<Integer> reader =
                    Hub.current().spawn(() -> process.getInputStream().read());
            assertThat(reader.join(forEver)).isEqualTo(new Outcome.Returned<>(-1));
            return greenlet.hub.Timeout.of(forEver).run(() -> process.waitFor());
        });

        assertThat(status).isZero();
    }
}
