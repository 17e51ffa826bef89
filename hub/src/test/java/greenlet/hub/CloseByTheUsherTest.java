package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.time.HubClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub is closed by a callback or a handler that the hub itself calls: on its usher, which the closing needs. */
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(60)
class CloseByTheUsherTest {
    private static final Duration LONG = Duration.ofDays(1);
    private static final long PATIENCE_SECONDS = 30;

    /** Fails once for want of memory when told to, in the middle of the JDK's half of a switch. */
    private static final class FailingClock implements HubClock {
        final AtomicBoolean fails = new AtomicBoolean();

        @Override
        public long nanos() {
            if (fails.get() && isTimedWait() && fails.compareAndSet(true, false)) {
                throw new OutOfMemoryError("planted");
            }
            return System.nanoTime();
        }

        private static boolean isTimedWait() {
            return StackWalker.getInstance()
                    .walk(frames -> frames.anyMatch(frame -> "scheduleWakeUp".equals(frame.getMethodName())));
        }
    }

    @Test
    void close_byTheCallbackOfAnInheritedThread_returnsAtOnceAndEndsTheHub() throws Exception {
        CompletableFuture<CloseReport> report = new CompletableFuture<>();
        Hub hub = Hub.start();
        GreenThread<?> sleeper = hub.spawn(() -> Thread.sleep(LONG));
        hub.spawn(() -> Thread.ofVirtual()
                .start(() -> GreenThread.current().onEnd(outcome -> report.complete(hub.close(Duration.ZERO)))));

        assertThat(report.get(PATIENCE_SECONDS, TimeUnit.SECONDS).finished()).isFalse();
        assertThat(sleeper.join(Duration.ofSeconds(PATIENCE_SECONDS))).isInstanceOf(Outcome.Exited.class);
        CloseReport second = hub.close(LONG);
        assertThat(second.finished()).isTrue();
        assertThat(second.isClean()).as(second.describe()).isTrue();
        assertNoThreadIsLeftOf(hub);
    }

    /** Into one that swallows its interrupts something is thrown, which is for the usher to decide. */
    @Test
    void close_byACallbackWhileOneSwallowsInterrupts_injects() throws Exception {
        Hub hub = Hub.builder().grace(Duration.ofMillis(20)).start();
        GreenThread<?> deaf = hub.spawn("deaf", () -> {
            while (true) {
                LockSupport.park();
                Thread.interrupted();
            }
        });
        hub.spawn(() ->
                Thread.ofVirtual().start(() -> GreenThread.current().onEnd(outcome -> hub.close(Duration.ZERO))));

        assertThat(deaf.join(Duration.ofSeconds(PATIENCE_SECONDS))).isInstanceOf(Outcome.Exited.class);
        assertThat(hub.close(LONG).ended()).containsExactly(new CloseReport.Ended("deaf", CloseReport.Step.INJECTION));
        assertNoThreadIsLeftOf(hub);
    }

    @Test
    void close_byTheHandlerOfALoopError_endsTheHub() throws Exception {
        FailingClock clock = new FailingClock();
        CompletableFuture<Hub> opened = new CompletableFuture<>();
        Hub hub = Hub.builder()
                .clock(clock)
                .uncaught((thread, failure) -> opened.join().close(Duration.ZERO))
                .start();
        opened.complete(hub);
        GreenThread<?> sleeper = hub.spawn(() -> {
            clock.fails.set(true);
            Thread.sleep(LONG);
        });

        assertThat(sleeper.join(Duration.ofSeconds(PATIENCE_SECONDS))).isInstanceOf(Outcome.Exited.class);
        assertThat(hub.close(LONG).isClean()).isTrue();
        assertNoThreadIsLeftOf(hub);
    }

    private static void assertNoThreadIsLeftOf(Hub hub) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(hub.name() + "-")) {
                assertThat(thread.join(Duration.ofSeconds(PATIENCE_SECONDS)))
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }
}
