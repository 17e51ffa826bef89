package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.time.HubClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After each fault the hub goes on, and nobody else notices. */
// The faults themselves: an endless recursion, a hoard, a wait without a loop.
@SuppressWarnings({"FutureReturnValueIgnored", "InfiniteRecursion", "ModifiedButNotUsed", "WaitNotInLoop"})
@Timeout(60)
class FaultsTest {
    /** Fails for want of memory when told to, in the middle of the JDK's half of a switch. */
    private static final class FailingClock implements HubClock {
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public long nanos() {
            if (failures.get() > 0
                    && StackWalker.getInstance().walk(frames -> frames.anyMatch(FailingClock::isTimedWait))) {
                failures.decrementAndGet();
                throw new OutOfMemoryError("planted");
            }
            return System.nanoTime();
        }

        private static boolean isTimedWait(StackWalker.StackFrame frame) {
            return "scheduleWakeUp".equals(frame.getMethodName());
        }
    }

    @Test
    void stackOverflow_inATask_isItsOutcomeAlone() throws Exception {
        Hub.builder().uncaught((thread, thrown) -> {}).run(() -> {
            GreenThread<?> deep = Hub.current().spawn(() -> recurse(1));
            assertThat(deep.join())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(StackOverflowError.class));
            assertThat(Hub.current().spawn(() -> "fine").get()).isEqualTo("fine");
            return null;
        });
    }

    @Test
    void outOfMemory_inATask_isItsOutcomeAlone() throws Exception {
        Hub.builder().uncaught((thread, thrown) -> {}).run(() -> {
            GreenThread<?> greedy = Hub.current().spawn(() -> {
                List<long[]> hoard = new ArrayList<>();
                while (true) {
                    hoard.add(new long[Integer.MAX_VALUE - 8]);
                }
            });
            assertThat(greedy.join())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(OutOfMemoryError.class));
            assertThat(Hub.current().spawn(() -> "fine").get()).isEqualTo("fine");
            return null;
        });
    }

    @Test
    void allocationFailure_settingATimer_losesNoThread() throws Exception {
        FailingClock clock = new FailingClock();
        List<String> told = new ArrayList<>();
        Hub hub = Hub.builder()
                .clock(clock)
                .uncaught((thread, thrown) -> told.add(thrown.getMessage()))
                .start();
        try (hub) {
            Object monitor = new Object();
            clock.failures.set(3);
            GreenThread<?> sleeper = hub.spawn(() -> Thread.sleep(1));
            GreenThread<?> parker = hub.spawn(() -> LockSupport.parkNanos(1_000_000));
            GreenThread<?> waiter = hub.spawn(() -> {
                synchronized (monitor) {
                    monitor.wait(1);
                }
            });

            assertThat(sleeper.join()).isInstanceOf(Outcome.Returned.class);
            assertThat(parker.join()).isInstanceOf(Outcome.Returned.class);
            assertThat(waiter.join()).isInstanceOf(Outcome.Returned.class);
            assertThat(clock.failures).hasValue(0);
        }
        assertThat(told).containsExactly("planted", "planted", "planted");
    }

    @Test
    void errorInACallback_isTold_andTheHubGoesOn() throws Exception {
        List<String> told = new ArrayList<>();

        Hub.builder()
                .uncaught((thread, thrown) -> told.add(thrown.getMessage()))
                .run(() -> {
                    GreenThread<String> thread = Hub.current().spawn(() -> "value");
                    thread.onEnd(outcome -> {
                        throw new AssertionError("callback");
                    });
                    assertThat(thread.get()).isEqualTo("value");
                    return null;
                });

        assertThat(told).containsExactly("callback");
    }

    @Test
    void errorInTheHandler_isNotTheEnd() throws Exception {
        String after = Hub.builder()
                .uncaught((thread, thrown) -> {
                    throw new AssertionError("handler");
                })
                .run(() -> {
                    Thread quiet = Thread.currentThread();
                    GreenThread<?> failing = Hub.current().spawn(() -> {
                        assertThat(quiet).isNotNull();
                        throw new IOException("body");
                    });
                    failing.join();
                    return Hub.current().spawn(() -> "fine").get();
                });

        assertThat(after).isEqualTo("fine");
    }

    @Test
    void connectionReset_failsItsReaderAlone() throws Exception {
        Hub.builder().uncaught((thread, thrown) -> {}).run(() -> {
            try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
                GreenThread<Integer> reader = Hub.current().spawn(() -> {
                    try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                        socket.getOutputStream().write(1);
                        return socket.getInputStream().read();
                    }
                });
                Socket accepted = server.accept();
                accepted.setSoLinger(true, 0);
                accepted.close();
                Outcome<Integer> outcome = reader.join();
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.failure()).isInstanceOf(IOException.class));
            }
            return null;
        });
    }

    @Test
    void halfClose_readsTheRestAndWritesOn() throws Exception {
        byte[] heard = Hub.run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                GreenThread<byte[]> client = Hub.current().spawn(() -> {
                    try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                        socket.getOutputStream().write(5);
                        socket.shutdownOutput();
                        return socket.getInputStream().readAllBytes();
                    }
                });
                try (Socket accepted = server.accept()) {
                    byte[] question = accepted.getInputStream().readAllBytes();
                    accepted.getOutputStream().write(question[0] + 1);
                }
                return client.get();
            }
        });

        assertThat(heard).containsExactly(6);
    }

    // Closing under the reader is what is tested.
    @SuppressWarnings("try")
    @Test
    void close_ofASocketUnderItsReader_wakesIt() throws Exception {
        Hub.builder().uncaught((thread, thrown) -> {}).run(() -> {
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                GreenThread<Socket> acceptor = Hub.current().spawn(server::accept);
                GreenThread.yieldTurn();
                server.close();
                assertThat(acceptor.join(Duration.ofSeconds(20))).isInstanceOf(Outcome.Failed.class);
            }
            return null;
        });
    }

    @Test
    void get_failureCrossesThreads_isTheIdenticalObject() throws Exception {
        IOException failure = new IOException("same");
        try (Hub hub = Hub.builder().uncaught((thread, thrown) -> {}).start()) {
            GreenThread<?> thread = hub.spawn(() -> {
                throw failure;
            });
            Throwable cause = null;
            try {
                thread.get();
            } catch (ExecutionException e) {
                cause = e.getCause();
            }
            assertThat(cause).isSameAs(failure);
        }
    }

    private static int recurse(int depth) {
        return depth + recurse(depth + 1);
    }
}
