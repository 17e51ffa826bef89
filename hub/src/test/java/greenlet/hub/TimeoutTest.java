package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import greenlet.hub.schedule.RunLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Timeout(30)
class TimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void run_blockEndsInTime_returnsItsValue() {
        Hub.run(() -> {
            assertThat(Timeout.of(LONG).<String, RuntimeException>run(() -> "done"))
                    .isEqualTo("done");
            assertThat(Hub.current().statistics().timers()).isZero();
            assertNotInterrupted();
        });
    }

    @Test
    void run_timeIsUp_throwsWhatSaysWhose() {
        Hub.run(() -> {
            Timeout timeout = Timeout.of(SHORT);

            assertThatThrownBy(() -> timeout.run(() -> Thread.sleep(LONG)))
                    .isInstanceOfSatisfying(TimedOutException.class, isOf(timeout))
                    .hasMessageContaining("timeout of PT0.005S expired")
                    .hasMessageContaining("timeout of its own")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertNotInterrupted();
        });
    }

    /** So many that the deadlines alone fit into what they make grow, and with the waits they would not. */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // yields pass the turn on
    void run_manyThatSleepInside_findRoomForTheirTimersSetAside() {
        int threads = 150;
        int timeouts = 3;
        Hub.runUntilMainEnds(() -> {
            RunLoop loop = Hub.current().loop();
            int[] inside = {0};
            boolean[] go = {false};
            for (int i = 0; i < threads; i++) {
                var _ = Hub.current()
                        .spawn(() -> runInside(timeouts, () -> {
                            inside[0]++;
                            while (!go[0]) {
                                Thread.yield();
                            }
                            Thread.sleep(LONG);
                        }));
            }
            while (inside[0] < threads) {
                Thread.yield();
            }
            int room = loop.timerRoom();
            go[0] = true;
            while (loop.timers() < threads * (timeouts + 1)) {
                Thread.yield();
            }
            assertThat(loop.timerRoom()).isEqualTo(room);
        });
    }

    private static void runInside(int timeouts, Action<InterruptedException> block) throws InterruptedException {
        if (timeouts == 0) {
            block.run();
        } else {
            Timeout.of(LONG).run(() -> runInside(timeouts - 1, block));
        }
    }

    /** A killed thread that is reminded twice meanwhile asks the usher twice for the same, with others asking in between and afterwards. */
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // yields pass the turn on
    void run_timeIsUpWhileACallbackHoldsUpTheUsher_isInterruptedLater() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            Ushers.holdUp(hub, release);
            hub.spawn(() -> {
                        RunLoop loop = hub.loop();
                        int[] turns = {0};
                        GreenThread<?> deaf = hub.spawn(() -> {
                            while (release.getCount() > 0) {
                                turns[0]++;
                                LockSupport.park();
                                var _ = Thread.interrupted();
                            }
                        });
                        awaitTurns(turns, 1, loop);
                        deaf.kill();
                        awaitTurns(turns, 2, loop);
                        GreenThread<?> first = hub.spawn(TimeoutTest::sleepUntilTimeIsUp);
                        awaitOneSleeper(loop, 1);
                        LockSupport.unpark(deaf.thread());
                        awaitTurns(turns, 3, loop);
                        GreenThread<?> second = hub.spawn(TimeoutTest::sleepUntilTimeIsUp);
                        awaitOneSleeper(loop, 2);

                        release.countDown();
                        assertThat(first.join()).isInstanceOf(Outcome.Returned.class);
                        assertThat(second.join()).isInstanceOf(Outcome.Returned.class);
                        return turns[0];
                    })
                    .get();
        }
    }

    private static void sleepUntilTimeIsUp() {
        assertThatThrownBy(() -> Timeout.of(Duration.ZERO).run(() -> Thread.sleep(LONG)))
                .isInstanceOf(TimedOutException.class);
    }

    /** After that turn, and what it set a timer for has been asked of the usher. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void awaitTurns(int[] turns, int count, RunLoop loop) {
        int timers = turns[0] == 0 ? 0 : loop.timers();
        while (turns[0] < count || loop.timers() > timers) {
            Thread.yield();
        }
    }

    /** So many sleep, and the time of none of them has yet to come: the usher has been asked. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void awaitOneSleeper(RunLoop loop, int sleepers) {
        long before = loop.switches();
        while (loop.timers() != sleepers || loop.switches() - before < 8) {
            Thread.yield();
        }
    }

    @Test
    void run_zero_interruptsTheFirstWait() {
        Hub.run(() -> assertThatThrownBy(() -> Timeout.of(Duration.ZERO).run(() -> Thread.sleep(LONG)))
                .isInstanceOf(TimedOutException.class));
    }

    @Test
    void run_innerExpires_outerLetsItPass() {
        Hub.run(() -> {
            Timeout outer = Timeout.of(LONG);
            Timeout inner = Timeout.of(SHORT);

            Throwable thrown = catchThrowable(() -> outer.run(() -> inner.run(() -> Thread.sleep(LONG))));

            assertThat(thrown).isInstanceOfSatisfying(TimedOutException.class, isOf(inner));
        });
    }

    @Test
    void run_outerExpires_innerLetsTheInterruptPass() {
        Hub.run(() -> {
            Timeout outer = Timeout.of(SHORT);
            Timeout inner = Timeout.of(LONG);
            Throwable[] passed = {null};

            Throwable thrown = catchThrowable(() -> outer.run(() -> {
                passed[0] = catchThrowable(() -> inner.run(() -> Thread.sleep(LONG)));
                throw passed[0];
            }));

            assertThat(passed[0]).isExactlyInstanceOf(InterruptedException.class);
            assertThat(thrown).hasCause(passed[0]).isInstanceOfSatisfying(TimedOutException.class, isOf(outer));
        });
    }

    @Test
    void run_bothExpireAtOnce_eachBlockGetsItsOwnInterrupt() {
        ManualClock clock = new ManualClock();
        Hub.builder().clock(clock).run(() -> {
            Timeout outer = Timeout.of(SHORT.multipliedBy(2));
            Timeout inner = Timeout.of(SHORT);

            Throwable thrown = catchThrowable(() -> outer.run(() -> {
                Throwable first = catchThrowable(() -> inner.run(() -> untilInterrupted(clock)));
                assertThat(first).isInstanceOfSatisfying(TimedOutException.class, isOf(inner));
                assertNotInterrupted();
                untilInterrupted(clock);
            }));

            assertThat(thrown).isInstanceOfSatisfying(TimedOutException.class, isOf(outer));
            assertNotInterrupted();
            return null;
        });
    }

    @Test
    void run_outerFiresWhileInnerUnwindsWithAWrappedException_outerKeepsItsInterrupt() {
        ManualClock clock = new ManualClock();
        Hub.builder().clock(clock).run(() -> {
            Timeout outer = Timeout.of(Duration.ofMillis(10));
            Timeout inner = Timeout.of(SHORT);

            Throwable thrown = catchThrowable(() -> outer.run(() -> {
                Throwable first = catchThrowable(() -> inner.run(() -> {
                    Throwable taken = catchThrowable(() -> untilInterrupted(clock));
                    clock.advance(Duration.ofMillis(10).toNanos());
                    ManualClock.letTimersFire();
                    throw new IllegalStateException("a library's", taken);
                }));
                assertThat(first).isInstanceOfSatisfying(TimedOutException.class, isOf(inner));
                assertThat(Thread.currentThread().isInterrupted())
                        .as("the outer one's interrupt is pending")
                        .isTrue();
                Thread.sleep(LONG);
            }));

            assertThat(thrown).isInstanceOfSatisfying(TimedOutException.class, isOf(outer));
            assertNotInterrupted();
            return null;
        });
    }

    @Test
    void run_interruptedByAnother_passesTheIdenticalException() throws Exception {
        try (Hub hub = Hub.builder().uncaught((thread, failure) -> {}).start()) {
            CountDownLatch waiting = new CountDownLatch(1);
            InterruptedException[] original = {null};
            GreenThread<?> thread = hub.spawn(() -> Timeout.of(LONG).run(() -> {
                try {
                    waiting.countDown();
                    Thread.sleep(LONG);
                } catch (InterruptedException e) {
                    original[0] = e;
                    throw e;
                }
            }));
            waiting.await();
            thread.thread().interrupt();

            assertThat(thread.join())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isSameAs(original[0]));
        }
    }

    @Test
    void run_anothersInterruptIsPendingWhenTimeIsUp_leavesItAlone() {
        ManualClock clock = new ManualClock();
        Hub.builder().clock(clock).run(() -> {
            String value = Timeout.of(SHORT).<String, RuntimeException>run(() -> {
                Thread.currentThread().interrupt();
                clock.advance(SHORT.toNanos());
                ManualClock.letTimersFire();
                return "done";
            });

            assertThat(value).isEqualTo("done");
            assertThat(Thread.interrupted()).as("the other's interrupt").isTrue();
            return null;
        });
    }

    @Test
    void run_anothersInterruptWasPendingAndIsTaken_interruptsAfterwards() {
        ManualClock clock = new ManualClock();
        Hub.builder().clock(clock).run(() -> {
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        Thread.currentThread().interrupt();
                        clock.advance(SHORT.toNanos());
                        ManualClock.letTimersFire();
                        assertThat(Thread.interrupted()).isTrue();
                        untilInterrupted(clock);
                    }))
                    .isInstanceOf(TimedOutException.class);
            assertNotInterrupted();
            return null;
        });
    }

    @Test
    void run_anothersInterruptComesAfterItsOwnWasTaken_isKept() {
        Hub.run(() -> {
            Thread self = Thread.currentThread();
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } finally {
                            var _ = Hub.current().spawn(self::interrupt);
                            GreenThread.yieldTurn();
                        }
                    }))
                    .isInstanceOf(TimedOutException.class);
            assertThat(Thread.interrupted()).as("the other's interrupt").isTrue();
        });
    }

    /** It stayed, and ended the next wait for no reason. */
    @Test
    void run_theInterruptIsSetAgainAndThrownOn_isExpiredAndCleared() {
        Hub.run(() -> {
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw e;
                        }
                    }))
                    .isInstanceOf(TimedOutException.class);
            assertNotInterrupted();
        });
    }

    /** Nobody can tell whose it is then: it may be another's, and is kept. */
    @Test
    void run_theInterruptIsSetAgainAndThrownOnAfterASwitch_isExpiredAndKept() {
        Hub.run(() -> {
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            GreenThread.yieldTurn();
                            throw e;
                        }
                    }))
                    .isInstanceOf(TimedOutException.class);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void run_aLibraryWrapsTheInterruptAndSetsItAgain_isExpiredAndCleared() {
        Hub.run(() -> {
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IOException("no answer", e);
                        }
                    }))
                    .isInstanceOf(TimedOutException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertNotInterrupted();
        });
    }

    @Test
    void run_aLibrarySwallowsTheInterrupt_returnsTheValue() {
        Hub.run(() -> {
            String value = Timeout.of(SHORT).<String, RuntimeException>run(() -> {
                try {
                    Thread.sleep(LONG);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "half";
            });

            assertThat(value).isEqualTo("half");
            assertNotInterrupted();
        });
    }

    @Test
    void run_firesAsTheBlockEnds_returnsTheValueWithoutInterrupt() {
        ManualClock clock = new ManualClock();
        Hub.builder().clock(clock).run(() -> {
            boolean fired = Timeout.of(SHORT).<Boolean, RuntimeException>run(() -> {
                clock.advance(SHORT.toNanos());
                ManualClock.letTimersFire();
                return Thread.currentThread().isInterrupted();
            });

            assertThat(fired).isTrue();
            assertNotInterrupted();
            return null;
        });
    }

    @Test
    void run_firesDuringAHandOff_interruptsNothingLater() throws Exception {
        Hub.builder().handOffAfter(Duration.ZERO).run(() -> {
            int read = Timeout.of(SHORT).<Integer, IOException>run(() -> {
                Process process = new ProcessBuilder("sh", "-c", "sleep 0.1; echo x").start();
                return process.getInputStream().read();
            });

            assertThat(read).isEqualTo('x');
            assertNotInterrupted();
            GreenThread.sleep(Duration.ofMillis(1));
            return null;
        });
    }

    @Test
    void run_blockThrowsAnError_passesItAndClearsTheInterrupt() {
        Hub.run(() -> {
            AssertionError error = new AssertionError("planted");
            assertThatThrownBy(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw error;
                        }
                    }))
                    .isSameAs(error);
            assertNotInterrupted();
        });
    }

    @Test
    void run_threadIsKilled_endsAsKilled() throws Exception {
        Hub.run(() -> {
            GreenThread<?> thread = Hub.current()
                    .spawn(() -> Timeout.of(LONG).run(() -> Timeout.of(LONG).run(() -> Thread.sleep(LONG))));
            GreenThread.yieldTurn();
            thread.kill();

            assertThat(thread.join()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void run_killedWhileUnwindingFromTheTimeout_endsAsKilled() throws Exception {
        Hub.run(() -> {
            GreenThread<?> thread = Hub.current()
                    .spawn(() -> Timeout.of(SHORT).run(() -> {
                        try {
                            Thread.sleep(LONG);
                        } finally {
                            GreenThread.current().kill();
                        }
                    }));

            assertThat(thread.join()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void run_expiresInASocketRead_closesTheSocketAsDocumented() throws Exception {
        Hub.run(() -> {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            try (ServerSocket server = new ServerSocket(0, 1, loopback);
                    Socket socket = new Socket(loopback, server.getLocalPort())) {
                assertThatThrownBy(() -> Timeout.of(SHORT)
                                .run(() -> socket.getInputStream().read()))
                        .isInstanceOf(TimedOutException.class)
                        .hasCauseInstanceOf(SocketException.class);
                assertThat(socket.isClosed()).isTrue();
                assertNotInterrupted();
            }
        });
    }

    @Test
    void runOrElse_ownExpires_returnsTheOtherValue() throws Exception {
        String value = Hub.run(() -> Timeout.of(SHORT).runOrElse("late", () -> {
            Thread.sleep(LONG);
            return "in time";
        }));

        assertThat(value).isEqualTo("late");
    }

    @Test
    void runOrElse_anInnerOneExpires_throwsItsException() {
        Hub.run(() -> {
            Timeout inner = Timeout.of(SHORT);
            assertThatThrownBy(() -> Timeout.of(LONG)
                            .runOrElse(
                                    "late",
                                    () -> inner.run(() -> {
                                        Thread.sleep(LONG);
                                        return "in time";
                                    })))
                    .isInstanceOfSatisfying(TimedOutException.class, isOf(inner));
        });
    }

    @Test
    void run_twiceAtOnce_isRefused() {
        Hub.run(() -> {
            Timeout timeout = Timeout.of(LONG);
            assertThatThrownBy(() -> timeout.run(() -> timeout.run(() -> {})))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another block runs under it. Use one Timeout for each block.");
            timeout.run(() -> {});
        });
    }

    @Test
    void run_noGreenThread_isRefused() {
        assertThatThrownBy(() -> Timeout.of(LONG).run(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("which no hub runs");
    }

    @Test
    void of_negative_isRefused() {
        assertThatThrownBy(() -> Timeout.of(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is negative. Use Duration.ZERO");
    }

    private static Consumer<TimedOutException> isOf(Timeout timeout) {
        return expired -> assertThat(expired.timeout()).isSameAs(timeout);
    }

    /** Ends by an interrupt, which time brings. */
    private static void untilInterrupted(ManualClock clock) throws InterruptedException {
        while (!Thread.interrupted()) {
            clock.advance(Duration.ofSeconds(1).toNanos());
            GreenThread.yieldTurn();
        }
        throw new InterruptedException("as a wait throws it");
    }

    private static void assertNotInterrupted() {
        assertThat(Thread.currentThread().isInterrupted())
                .as("an interrupt is left over")
                .isFalse();
    }
}
