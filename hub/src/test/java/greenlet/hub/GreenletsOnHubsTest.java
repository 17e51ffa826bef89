package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import greenlet.Coroutine;
import greenlet.Generator;
import greenlet.Greenlet;
import greenlet.GreenletException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Greenlets, generators and coroutines inside green threads: stacks inside a stack, with waits, hand-offs and ends in the innermost. */
@org.junit.jupiter.api.Timeout(60)
class GreenletsOnHubsTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final List<String> trace = new ArrayList<>();

    /** Yields a number, then waits for ever. */
    private Generator<Integer> oneThenWaits() {
        return Generator.of(out -> {
            try {
                out.yield(1);
                Thread.sleep(LONG);
            } finally {
                trace.add("body unwound");
            }
        });
    }

    @Test
    void generator_bodyThatWaits_letsSiblingsRun() {
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        Hub.run(() -> {
            var _ = Hub.current().spawn(() -> {
                for (int i = 0; i < 3; i++) {
                    trace.add("put " + i);
                    queue.put(i);
                    GreenThread.yieldTurn();
                }
            });
            try (Generator<Integer> taken = Generator.of(out -> {
                for (int i = 0; i < 3; i++) {
                    out.yield(queue.take());
                }
            })) {
                taken.forEach(element -> trace.add("took " + element));
            }
        });

        assertThat(trace).containsExactly("put 0", "took 0", "put 1", "took 1", "put 2", "took 2");
    }

    @Test
    void generator_bodyThatBlocksTheCarrier_isHandedOffAndGoesOnWithAnother() throws Exception {
        Process cat = new ProcessBuilder("cat").start();

        Sibling.hasTurnsDuring(
                () -> {
                    try (Generator<Integer> bytes =
                            Generator.of(out -> out.yield(cat.getInputStream().read()))) {
                        assertThat(bytes.iterator().next()).isEqualTo('x');
                    }
                },
                () -> write(cat));
        cat.destroy();
    }

    private static void write(Process process) throws IOException {
        process.getOutputStream().write('x');
        process.getOutputStream().flush();
    }

    /** A green thread's stack ends where the hub's begins: what the hub's opener holds is not on it. */
    @Test
    void strictMode_onAHubThatWasOpenedUnderAMonitor_findsTheGreenThreadsMonitorsOnly() {
        assumeTrue(Boolean.getBoolean("greenlet.strict"), "the build sets -Dgreenlet.strict=true");
        Object openers = new Object();
        Object greens = new Object();

        synchronized (openers) {
            Hub.run(() -> {
                Greenlet here = Greenlet.current();
                Greenlet inner = Greenlet.of("inner", first -> {
                    Object sent = here.switchTo(first);
                    synchronized (greens) {
                        return here.switchTo(sent);
                    }
                });
                trace.add(String.valueOf(inner.switchTo("inner is left")));
                synchronized (greens) {
                    assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                            .isThrownBy(inner::switchTo)
                            .withMessageStartingWith(
                                    "Cannot leave greenlet 'main': it holds the monitor of a java.lang");
                }
                assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                        .isThrownBy(inner::switchTo)
                        .withMessageStartingWith("Cannot leave greenlet 'inner': it holds the monitor of a java.lang");
                trace.add("both are refused");
            });
        }
        assertThat(trace).containsExactly("inner is left", "both are refused");
    }

    @Test
    @SuppressWarnings("LockNotBeforeTry") // what it would guard against fails the test
    void greenlet_waitsForALockOfAnotherGreenThread_isWokenInItsOwnStack() {
        ReentrantLock lock = new ReentrantLock();
        Hub.run(() -> {
            lock.lock();
            var _ = Hub.current().spawn(() -> {
                Greenlet inner = Greenlet.of("inner", first -> {
                    lock.lock();
                    try {
                        return Greenlet.current().name() + " has it";
                    } finally {
                        lock.unlock();
                    }
                });
                trace.add(String.valueOf(inner.switchTo()));
            });
            GreenThread.yieldTurn();
            trace.add("unlocks");
            lock.unlock();
        });

        assertThat(trace).containsExactly("unlocks", "inner has it");
    }

    @Test
    void kill_ofOneThatWaitsInAGenerator_unwindsItsBodyAndThenTheThread() throws Exception {
        Hub.run(() -> {
            GreenThread<?> victim = Hub.current().spawn(() -> {
                try (Generator<Integer> numbers = oneThenWaits()) {
                    numbers.forEach(number -> trace.add("element"));
                } finally {
                    trace.add("thread unwound");
                }
            });
            OnHub.await(() -> victim.thread().getState() == Thread.State.TIMED_WAITING);
            victim.kill();

            assertThat(victim.join()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(trace).containsExactly("element", "body unwound", "thread unwound");
    }

    @Test
    void timeout_ofOneThatWaitsInAGenerator_passesThroughItsBody() {
        Hub.run(() -> {
            try (Generator<Integer> numbers = oneThenWaits()) {
                assertThatExceptionOfType(TimedOutException.class)
                        .isThrownBy(() -> Timeout.of(Duration.ofMillis(5))
                                .run(() -> numbers.forEach(number -> trace.add("element"))));
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });

        assertThat(trace).containsExactly("element", "body unwound");
    }

    @Test
    void close_ofAHubWhoseThreadsWaitInGenerators_unwindsThem() {
        Hub hub = Hub.start();
        for (int i = 0; i < 10; i++) {
            var _ = hub.spawn(() -> {
                try (Generator<Integer> numbers = oneThenWaits()) {
                    numbers.forEach(number -> trace.add("element"));
                }
            });
        }
        CloseReport report = hub.close(Duration.ofMillis(100));

        assertThat(report.isClean()).as(report.describe()).isTrue();
        assertThat(trace).filteredOn("body unwound"::equals).hasSize(10);
    }

    @Test
    void coroutine_usedByAnotherGreenThread_isRefusedAndStaysWithItsOwn() throws Exception {
        Hub.run(() -> {
            try (Coroutine<String, String> echo = Coroutine.of((first, inside) -> {
                String heard = first;
                while (!heard.isEmpty()) {
                    GreenThread.yieldTurn(); // others run, and come back to this very stack
                    heard = inside.yield(heard + "!");
                }
                return "end";
            })) {
                assertThat(echo.resume("a")).isEqualTo("a!");
                GreenThread<?> stranger = Hub.current().spawn(() -> {
                    assertThatThrownBy(() -> echo.resume("b")).isInstanceOf(GreenletException.WrongThread.class);
                });
                assertThat(stranger.join()).isInstanceOf(Outcome.Returned.class);
                assertThat(echo.resume("c")).isEqualTo("c!");
                assertThat(echo.resume("")).isEqualTo("end");
            }
        });
    }
}
