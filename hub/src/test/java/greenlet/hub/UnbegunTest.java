package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of green threads that are killed or cancelled before they begin, and of ends that are hard to keep. */
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck", "ImmutableEnumChecker"})
@Timeout(60)
class UnbegunTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    /** Who ends a thread that has not begun, here from outside the hub. */
    enum End {
        CANCEL(late -> late.cancel(false)),
        KILL(GreenThread::kill),
        CLOSE(late -> late.hub().close(Duration.ZERO));

        private final Consumer<GreenThread<?>> how;

        End(Consumer<GreenThread<?>> how) {
            this.how = how;
        }
    }

    private final BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();

    /** What ends the callbacks that block, so that no test leaves one behind. */
    private volatile boolean over;

    @Test
    void close_callbackOfOneThatHasNotBegunBlocksForEver_returns() throws Exception {
        Hub hub = Hub.builder()
                .grace(SHORT)
                .uncaught((_, failure) -> uncaught.add(failure))
                .start();
        GreenThread<?> late = hub.spawnAfter(LONG, () -> {});
        late.onEnd(_ -> blockWhatever());

        CloseReport report = closeElsewhere(hub);

        assertThat(report).isNotNull();
        assertThat(report.finished()).isTrue();
        over = true;
    }

    @Test
    void close_behindOneThatSpins_neverTellsOnTheClosersThread() throws Exception {
        CountDownLatch spinning = new CountDownLatch(1);
        AtomicReference<Thread> teller = new AtomicReference<>();
        CountDownLatch told = new CountDownLatch(1);
        Hub hub = Hub.builder().grace(SHORT).start();
        hub.spawn(() -> {
            spinning.countDown();
            while (!over) {
                Thread.onSpinWait();
            }
        });
        spinning.await();
        GreenThread<?> behind = hub.spawn(() -> {});
        behind.onEnd(_ -> {
            teller.set(Thread.currentThread());
            told.countDown();
        });

        CloseReport report = closeElsewhere(hub);

        assertThat(report).isNotNull();
        assertThat(behind.join()).isInstanceOf(Outcome.Exited.class);
        assertThat(teller).hasValue(null);
        over = true;
        // A closed hub serves those that it had to abandon.
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(teller).hasValue(behind.thread());
    }

    @ParameterizedTest
    @EnumSource
    void callback_ofOneThatHasNotBegun_runsOnItsHubAndWhatItThrowsIsTold(End end) throws Exception {
        IllegalStateException failure = new IllegalStateException("callback");
        List<Object> seen = new ArrayList<>();
        CountDownLatch told = new CountDownLatch(1);
        Hub hub = Hub.builder().uncaught((_, thrown) -> uncaught.add(thrown)).start();
        GreenThread<?> late = hub.spawnAfter(LONG, () -> {});
        late.onEnd(_ -> {
            seen.add(Hub.current());
            seen.add(Thread.currentThread());
            seen.add(Thread.currentThread().isInterrupted());
            throw failure;
        });
        late.onEnd(_ -> told.countDown());

        end.how.accept(late);

        assertThat(late.outcome()).isInstanceOf(Outcome.Exited.class);
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(uncaught.poll(20, TimeUnit.SECONDS)).isSameAs(failure);
        assertThat(seen.subList(0, 2)).containsExactly(hub, late.thread());
        if (end == End.CANCEL) { // a kill interrupts whenever it comes
            assertThat(seen).last().isEqualTo(false);
        }
        hub.close();
        assertThat(uncaught).isEmpty();
    }

    /** Killed from outside while the hub works: what the callbacks count is not guarded. */
    @Test
    void callbacks_ofMany_killedFromOutside_loseNoUpdate() throws Exception {
        int threads = 2_000;
        int[] count = {0};
        int[] counted = {0};
        Hub hub = Hub.start();
        GreenThread<?> worker = hub.spawn(() -> {
            while (!over) {
                count[0]++;
                counted[0]++;
                if (counted[0] % 64 == 0) {
                    Thread.yield();
                }
            }
        });
        for (int i = 0; i < threads; i++) {
            GreenThread<?> late = hub.spawnAfter(LONG, () -> {});
            late.onEnd(_ -> count[0]++);
            late.kill();
        }
        over = true;
        worker.join();
        assertThat(hub.close(Duration.ofSeconds(20)).isClean()).isTrue();

        assertThat(count[0]).isEqualTo(counted[0] + threads);
    }

    @Test
    void onEnd_fromAPlatformThreadAfterTheEnd_whatItThrowsIsToldToTheHubsHandler() throws Exception {
        IllegalStateException failure = new IllegalStateException("callback");
        try (Hub hub =
                Hub.builder().uncaught((_, thrown) -> uncaught.add(thrown)).start()) {
            GreenThread<?> ended = hub.spawn(() -> {});
            ended.thread().join();

            ended.onEnd(_ -> {
                throw failure;
            });

            assertThat(uncaught).containsExactly(failure);
        }
    }

    @Test
    void onEnd_ofAnInheritedThread_whatItThrowsIsToldToTheHubsHandler() throws Exception {
        IllegalStateException failure = new IllegalStateException("callback");
        try (Hub hub =
                Hub.builder().uncaught((_, thrown) -> uncaught.add(thrown)).start()) {
            hub.spawn(() -> Thread.ofVirtual()
                            .start(() -> GreenThread.current().onEnd(_ -> {
                                throw failure;
                            })))
                    .get()
                    .join();

            assertThat(uncaught.poll(20, TimeUnit.SECONDS)).isSameAs(failure);
        }
    }

    @Test
    void interrupt_duringTheDelay_isKeptForTheBodyAndShortensNothing() throws Exception {
        Duration delay = Duration.ofMillis(200);
        try (Hub hub = Hub.start()) {
            long start = System.nanoTime();
            GreenThread<Boolean> late = hub.spawnAfter(delay, () -> {
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
                return Thread.interrupted();
            });
            late.thread().interrupt();

            assertThat(late.get()).isTrue();
        }
    }

    @Test
    void dump_ofOneInItsDelay_saysThatItSleeps() {
        Hub hub = Hub.start();
        hub.spawnAfter(LONG, () -> {});
        while (hub.statistics().timers() == 0) {
            Thread.onSpinWait();
        }

        assertThat(hub.dump().toText()).contains("sleeps");
        hub.close(Duration.ZERO);
    }

    /** As with a full heap: saying how it ended fails. */
    @Test
    void failure_thatCannotBeKept_endsItAllTheSame() throws Exception {
        try (Hub hub =
                Hub.builder().uncaught((_, thrown) -> uncaught.add(thrown)).start()) {
            GreenThread<?> doomed = hub.spawn(() -> {
                GreenThread.current().kill();
                throw new SocketException() {
                    @Override
                    public String getMessage() {
                        throw new OutOfMemoryError("planted");
                    }
                };
            });

            assertThat(doomed.join(Duration.ofSeconds(20))).isInstanceOf(Outcome.Failed.class);
            assertThatThrownBy(doomed::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
            assertThat(uncaught.poll(20, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
        }
    }

    private void blockWhatever() {
        while (!over) {
            LockSupport.park();
        }
    }

    /** Null if it hangs. */
    private static CloseReport closeElsewhere(Hub hub) throws InterruptedException {
        CloseReport[] report = {null};
        Thread closer = Thread.ofPlatform().daemon().start(() -> report[0] = hub.close(Duration.ZERO));
        closer.join(Duration.ofSeconds(20));
        return report[0];
    }
}
