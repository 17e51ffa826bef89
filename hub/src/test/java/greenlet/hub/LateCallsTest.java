package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
}
