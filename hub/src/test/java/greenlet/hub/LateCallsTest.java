package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes after a hub has closed: refused clearly where that is safe, harmless elsewhere. */
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(30)
class LateCallsTest {
    @Test
    void threadMadeBefore_startedAfter_isRefused() {
        Hub hub = Hub.start();
        ThreadFactory factory = hub.threadFactory();
        Thread made = factory.newThread(() -> {});
        hub.close();

        assertThatThrownBy(made::start)
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("the hub is closed");
        assertThat(made.isAlive()).isFalse();
    }

    @Test
    void executorView_usedAfter_isRefused() {
        Hub hub = Hub.start();
        try (ExecutorService view = hub.executor()) {
            hub.close();

            assertThatThrownBy(() -> view.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @Test
    void unparkAndInterrupt_ofAThreadThatHasEnded_areHarmless() throws Exception {
        Hub hub = Hub.start();
        GreenThread<String> thread = hub.spawn(() -> "done");
        assertThat(thread.get()).isEqualTo("done");
        hub.close();

        assertThatCode(() -> {
                    LockSupport.unpark(thread.thread());
                    thread.thread().interrupt();
                    thread.kill();
                })
                .doesNotThrowAnyException();
        assertThat(thread.cancel(true)).isFalse();
        assertThat(thread.get()).isEqualTo("done");
    }

    @Test
    void handlesOfAClosedHub_stillAnswer() {
        Hub hub = Hub.start();
        GreenThread<?> thread = hub.spawn(() -> Thread.sleep(Duration.ofDays(1)));
        hub.close(Duration.ZERO);

        assertThat(thread.isCancelled()).isTrue();
        assertThat(hub.greenThreads()).isEmpty();
        assertThat(hub.statistics().greenThreads()).isZero();
    }

    @Test
    void executorView_usedFromOutsideWhileClosing_isRefused() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Hub hub = Hub.start();
        GreenThread<?> last = hub.spawn(() -> end.await());
        Thread closer = Thread.ofPlatform().start(() -> hub.close(Duration.ofDays(1)));
        awaitClosing(hub);
        try (ExecutorService view = hub.executor()) {
            assertThatThrownBy(() -> view.submit(() -> 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("closed or closing");
        } finally {
            end.countDown();
        }
        last.join();
        closer.join();
        assertThat(hub.statistics().spawned()).isZero();
    }

    @Test
    void executorView_usedByOneOfItsOwnWhileClosing_runs() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        Hub hub = Hub.start();
        ExecutorService view = hub.executor();
        GreenThread<String> insider = hub.spawn(() -> {
            closing.await();
            return view.submit(() -> "ran").get();
        });
        Thread closer = Thread.ofPlatform().start(() -> hub.close(Duration.ofDays(1)));
        awaitClosing(hub);
        closing.countDown();

        assertThat(insider.get()).isEqualTo("ran");
        closer.join();
    }

    /** What a starter does that was held up between its first look at the hub and its being counted. */
    @Test
    void start_begunBeforeTheCloseAndCountedAfterIt_isRefusedAndNotCounted() {
        Hub hub = Hub.start();
        GreenTask early = hub.spawn(() -> {}).task();
        HubScheduler scheduler = HubScheduler.of(early);
        GreenTask late = scheduler.create("late", () -> {}, GreenTask.Origin.SPAWNED);
        hub.close();

        assertThatThrownBy(() -> scheduler.listener().onStarting(late)).isInstanceOf(RejectedExecutionException.class);
        assertThat(hub.statistics().greenThreads()).isZero();
        assertThat(hub.statistics().spawned()).isZero();
    }

    private static void awaitClosing(Hub hub) {
        while (!hub.isClosing()) {
            Thread.onSpinWait();
        }
    }
}
