package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.GreenletExit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

// What a spawned body throws reaches the hub's handler.
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(30)
class GreenThreadTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void kill_inSleepOfOurs_raisesGreenletExitAndRunsFinally() throws Exception {
        List<String> trace = new ArrayList<>();

        Hub.run(() -> {
            GreenThread<?> sleeper = Hub.current().spawn("sleeper", () -> {
                try {
                    GreenThread.sleep(LONG);
                } catch (RuntimeException e) {
                    trace.add("swallowed");
                } finally {
                    trace.add("finally");
                }
            });
            GreenThread.yieldTurn();
            sleeper.kill();
            assertThat(sleeper.join())
                    .isInstanceOfSatisfying(
                            Outcome.Exited.class,
                            exited -> assertThat(exited.exit()).hasMessageContaining("'sleeper'"));
        });

        assertThat(trace).containsExactly("finally");
    }

    @Test
    void kill_swallowedTwice_interruptsAtEachLaterWait() throws Exception {
        int[] interrupts = {0};

        Hub.run(() -> {
            GreenThread<?> stubborn = Hub.current().spawn(() -> {
                while (interrupts[0] < 10) {
                    try {
                        Thread.sleep(LONG);
                    } catch (InterruptedException e) {
                        interrupts[0]++;
                    }
                }
            });
            GreenThread.yieldTurn();
            stubborn.kill();
            assertThat(stubborn.join()).isInstanceOf(Outcome.Returned.class);
        });

        assertThat(interrupts[0]).isEqualTo(10);
    }

    @Test
    void kill_inAWaitThatIgnoresInterrupts_doesNotSpin() throws Exception {
        ReentrantLock lock = new ReentrantLock();

        Hub.run(() -> {
            GreenThread<?> waiter = Hub.current().spawn(() -> takeAndRelease(lock, () -> {}));
            takeAndRelease(lock, () -> {
                GreenThread.yieldTurn();
                waiter.kill();
                long before = Hub.current().switchCount();
                Thread.sleep(50);
                assertThat(Hub.current().switchCount() - before).isLessThan(60);
            });
            waiter.join();
        });
    }

    private static void takeAndRelease(ReentrantLock lock, Action<InterruptedException> meanwhile)
            throws InterruptedException {
        lock.lock();
        try {
            meanwhile.run();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void kill_beforeItsFirstTurn_neverRunsTheBody() throws Exception {
        boolean[] ran = {false};

        Hub.run(() -> {
            GreenThread<?> thread = Hub.current().spawn(() -> {
                ran[0] = true;
            });
            thread.kill();
            assertThat(thread.join()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(ran[0]).isFalse();
    }

    @Test
    void kill_ofOneself_endsAtTheNextSwitchPoint() throws Exception {
        List<String> trace = new ArrayList<>();
        try (Hub hub = Hub.start()) {
            GreenThread<?> thread = hub.spawn(() -> {
                GreenThread.current().kill();
                trace.add("goes on");
                GreenThread.yieldTurn();
                trace.add("must not be reached");
            });
            thread.join();

            assertThat(thread.isCancelled()).isTrue();
            assertThat(trace).containsExactly("goes on");
        }
    }

    @Test
    void kill_whileReadingASocket_endsIt() throws Exception {
        try (Hub hub = Hub.start();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CountDownLatch accepting = new CountDownLatch(1);
            GreenThread<?> acceptor = hub.spawn(() -> {
                accepting.countDown();
                return server.accept();
            });
            accepting.await();
            acceptor.kill();

            assertThat(acceptor.join()).isInstanceOf(Outcome.Exited.class);
        }
    }

    @Test
    void kill_ofAnInheritedThread_interruptsItAndIsItsOutcome() throws Exception {
        Hub.run(() -> {
            AtomicReference<GreenThread<?>> handle = new AtomicReference<>();
            Thread thread = Thread.startVirtualThread(() -> {
                handle.set(GreenThread.current());
                GreenThread.yieldTurn();
                GreenThread.yieldTurn();
            });
            GreenThread.yieldTurn();
            handle.get().kill();
            thread.join();

            assertThat(handle.get().join()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void cancelTrue_ofARunningOne_killsIt() throws Exception {
        try (Hub hub = Hub.start()) {
            CountDownLatch running = new CountDownLatch(1);
            GreenThread<?> thread = hub.spawn(() -> {
                running.countDown();
                Thread.sleep(LONG);
            });
            running.await();

            assertThat(thread.cancel(true)).isTrue();
            assertThatThrownBy(thread::get)
                    .isInstanceOf(CancellationException.class)
                    .hasCauseInstanceOf(GreenletExit.class);
            assertThat(thread.state()).isEqualTo(Future.State.CANCELLED);
            assertThat(thread.cancel(true)).isFalse();
        }
    }

    @Test
    void cancelFalse_ofARunningOne_doesNothing() throws Exception {
        try (Hub hub = Hub.start()) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            GreenThread<String> thread = hub.spawn(() -> {
                running.countDown();
                goOn.await();
                return "undisturbed";
            });
            running.await();

            assertThat(thread.cancel(false)).isFalse();
            goOn.countDown();
            assertThat(thread.get()).isEqualTo("undisturbed");
        }
    }

    @Test
    void cancelFalse_beforeTheDelayIsOver_preventsTheBody() throws Exception {
        try (Hub hub = Hub.start()) {
            GreenThread<String> thread = hub.spawnAfter(LONG, () -> "late");

            assertThat(thread.cancel(false)).isTrue();
            assertThat(thread.join()).isInstanceOf(Outcome.Exited.class);
            assertThat(thread.thread().join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void spawnAfter_twoDelays_beginInTheirOrder() {
        List<String> order = new ArrayList<>();

        Hub.run(() -> {
            Hub.current().spawnAfter(Duration.ofMillis(20), () -> {
                order.add("later");
            });
            Hub.current().spawnAfter(Duration.ofMillis(5), () -> {
                order.add("sooner");
            });
        });

        assertThat(order).containsExactly("sooner", "later");
    }

    @Test
    void getWithTimeout_notEnded_saysHowItStands() throws Exception {
        try (Hub hub = Hub.builder().grace(Duration.ofMillis(1)).start()) {
            GreenThread<?> thread = hub.spawn("slow", () -> Thread.sleep(LONG));

            assertThatThrownBy(() -> thread.get(5, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("'slow' has not ended after 5 milliseconds");
            assertThat(thread.join(Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void current_onEveryThreadOfAHub_existsAndIsTheSameEachTime() throws Exception {
        List<GreenThread<?>> seen = new ArrayList<>();

        Hub.run(() -> {
            Runnable see = () -> {
                assertThat(GreenThread.current()).isSameAs(GreenThread.current());
                assertThat(GreenThread.current().thread()).isSameAs(Thread.currentThread());
                assertThat(GreenThread.current().hub()).isSameAs(Hub.current());
                seen.add(GreenThread.current());
            };
            see.run();
            Thread.startVirtualThread(see).join();
            Hub.current().threadFactory().newThread(see).start();
            try (ExecutorService inherited = Executors.newVirtualThreadPerTaskExecutor();
                    ExecutorService view = Hub.current().executor()) {
                inherited.submit(see).get();
                view.submit(see).get();
            }
        });

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void current_outsideHubs_isRefused() {
        assertThatThrownBy(GreenThread::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("which no hub runs");
    }

    @Test
    void onEnd_severalAndOneThatThrows_areToldInOrder() throws Exception {
        List<String> told = new ArrayList<>();
        List<Throwable> uncaught = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("callback");

        Hub.builder().uncaught((thread, thrown) -> uncaught.add(thrown)).run(() -> {
            GreenThread<String> thread = Hub.current().spawn(() -> "value");
            thread.onEnd(outcome -> told.add("first " + outcome));
            thread.onEnd(outcome -> {
                throw failure;
            });
            thread.onEnd(outcome -> told.add("third"));
            thread.join();
            GreenThread.yieldTurn();
            thread.onEnd(outcome -> told.add("late"));
            return null;
        });

        assertThat(told).containsExactly("first Returned[value=value]", "third", "late");
        assertThat(uncaught).containsExactly(failure);
    }

    @Test
    void onEnd_ofAnInheritedThread_isToldOnTheHub() throws Exception {
        List<Hub> where = new ArrayList<>();

        Hub.run(() -> {
            Thread thread = Thread.ofVirtual().unstarted(() -> {
                GreenThread.current().onEnd(outcome -> where.add(Hub.current()));
            });
            thread.start();
            thread.join();
            GreenThread.yieldTurn();
            assertThat(where).containsExactly(Hub.current());
        });
    }

    @Test
    void uncaught_ofSpawnedAndInherited_reachesTheOneHandler() throws Exception {
        List<String> uncaught = new ArrayList<>();

        Hub.builder()
                .uncaught((thread, thrown) -> uncaught.add(thread.getName() + ": " + thrown.getMessage()))
                .run(() -> {
                    Hub.current().spawn("spawned", () -> {
                        throw new java.io.IOException("a");
                    });
                    Thread inherited = Thread.ofVirtual().name("inherited").unstarted(() -> {
                        throw new AssertionError("b");
                    });
                    inherited.start();
                    inherited.join();
                    return null;
                });

        assertThat(uncaught).containsExactly("spawned: a", "inherited: b");
    }

    @Test
    void uncaught_threadWithAHandlerOfItsOwn_keepsIt() throws Exception {
        List<String> told = new ArrayList<>();

        Hub.builder().uncaught((thread, thrown) -> told.add("hub")).run(() -> {
            Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, thrown) -> told.add("own"))
                    .start(() -> {
                        throw new AssertionError();
                    })
                    .join();
            return null;
        });

        assertThat(told).containsExactly("own");
    }

    @Test
    void outcome_exitThrownByTheBody_isExited() throws Exception {
        GreenletExit exit = new GreenletExit("enough");
        try (Hub hub = Hub.start()) {
            GreenThread<?> thread = hub.spawn(() -> {
                throw exit;
            });

            assertThat(thread.join()).isEqualTo(new Outcome.Exited<>(exit));
        }
    }

    /** The JDK tells a thread's own handler and nobody else: with one, what the thread died of is not known to its handle. */
    @Test
    void outcome_ofAnInheritedThreadThatDies_isItsFailureUnlessItHasAHandlerOfItsOwn() throws Exception {
        AssertionError failure = new AssertionError("planted");
        List<Throwable> told = new ArrayList<>();

        Hub.builder().uncaught((thread, thrown) -> {}).run(() -> {
            List<GreenThread<?>> handles = new ArrayList<>();
            Runnable dies = () -> {
                handles.add(GreenThread.current());
                throw failure;
            };
            Thread.ofVirtual().start(dies).join();
            Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, thrown) -> told.add(thrown))
                    .start(dies)
                    .join();

            assertThat(handles.get(0).join()).isEqualTo(new Outcome.Failed<>(failure));
            assertThat(handles.get(1).join()).isEqualTo(new Outcome.Returned<>(null));
            return null;
        });

        assertThat(told).containsExactly(failure);
    }

    @Test
    void greenThreads_inheritedOnes_areListed() throws Exception {
        Hub.run(() -> {
            CountDownLatch end = new CountDownLatch(1);
            Thread inherited = Thread.ofVirtual().name("mine").start(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(Hub.current().greenThreads())
                    .extracting(GreenThread::name)
                    .containsExactlyInAnyOrder("main", "mine");
            assertThat(Hub.current().statistics().greenThreads()).isEqualTo(2);
            assertThat(Hub.current().statistics().spawned()).isEqualTo(1);
            end.countDown();
            inherited.join();
        });
    }

    /** Regression: a spawned thread whose end was seen before its outcome was taken for one of unknown body, which returns null. */
    @Test
    void endOfTheThread_ofASpawnedOne_isNotItsOutcome() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Hub hub = Hub.start()) {
            GreenThread<String> thread = hub.spawn(() -> {
                end.await();
                return "own";
            });

            thread.endUnknown(null);
            assertThat(thread.isDone()).isFalse();
            end.countDown();
            assertThat(thread.get()).isEqualTo("own");
        }
    }

    /** The race in which that was found. */
    @Test
    void kill_racingWithTheFirstTurn_isAlwaysItsOutcome() throws Exception {
        try (Hub hub = Hub.start()) {
            for (int i = 0; i < 3_000; i++) {
                GreenThread<?> thread = hub.spawn(() -> Thread.sleep(LONG));
                thread.kill();
                assertThat(thread.join()).isInstanceOf(Outcome.Exited.class);
            }
        }
    }

    /** Regression: the failure of a callback was recorded as the death of the thread that called it. */
    @Test
    void onEnd_callbackThrowsInALiveThread_leavesThatThreadsOutcomeAlone() throws Exception {
        List<Throwable> told = new ArrayList<>();
        AssertionError failure = new AssertionError("callback");

        Hub.builder().uncaught((thread, thrown) -> told.add(thrown)).run(() -> {
            GreenThread<String> ended = Hub.current().spawn(() -> "ended");
            ended.join();
            GreenThread<String> alive = Hub.current().spawn(() -> {
                ended.onEnd(outcome -> {
                    throw failure;
                });
                return "alive";
            });
            assertThat(alive.get()).isEqualTo("alive");
            Thread inherited = Thread.ofVirtual().start(() -> {
                ended.onEnd(outcome -> {
                    throw failure;
                });
                assertThat(GreenThread.current().isDone()).isFalse();
            });
            inherited.join();
            return null;
        });

        assertThat(told).containsExactly(failure, failure);
    }
}
