package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.GreenletExit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The last step before a closing hub gives a green thread up: its exit is thrown by what it waits in, unless a thread that goes on shares a lock
 * with it.
 */
// Swallowing interrupts, and worse, is what is tested; what a spawned body throws reaches the hub's handler.
@SuppressWarnings({
    "FutureReturnValueIgnored",
    "ThreadPriorityCheck",
    "EmptyCatch",
    "InterruptedExceptionSwallowed",
    "LockNotBeforeTry",
    "WaitNotInLoop",
    "JavaUtilDate"
})
@Timeout(60)
// Locks are taken and let go bare: what is between the two is another thread's affair; and a wait may end early.
class InjectionTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final long LONG_MILLIS = 86_400_000;

    private final Hub hub = Hub.builder().name("injected").grace(SHORT).start();
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    /** What ends the bodies that are spared, so that no test leaves one behind. */
    private volatile boolean over;

    @Test
    void sleepsInALoop_swallowingInterrupts_diesAndRunsFinally() throws Exception {
        GreenThread<?> deaf = hub.spawn("deaf", () -> {
            try {
                sleepWhatever();
            } finally {
                done.add("finally");
            }
        });

        CloseReport report = close();

        assertThat(done).containsExactly("finally");
        assertThat(deaf.outcome()).isInstanceOf(Outcome.Exited.class);
        assertThat(report.ended()).containsExactly(new CloseReport.Ended("deaf", CloseReport.Step.INJECTION));
        assertThat(report.isClean()).isTrue();
        assertThat(report.describe())
                .startsWith("Hub 'injected' closed: 1 killed; 0 ended by interrupts, 1 by injection, 0 abandoned.")
                .contains("'deaf' ended by injection");
    }

    @Test
    void oneThatAnInterruptEnds_isNotInjected() throws Exception {
        hub.spawn("obedient", () -> {
            begun.countDown();
            Thread.sleep(LONG_MILLIS);
        });

        assertThat(close().ended()).containsExactly(new CloseReport.Ended("obedient", CloseReport.Step.INTERRUPT));
    }

    @Test
    void takesInALoop_catchingException_dies() throws Exception {
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        GreenThread<?> consumer = hub.spawn("consumer", () -> {
            begun.countDown();
            while (!over) {
                try {
                    done.add(queue.take());
                } catch (Exception e) {
                    // an exception of its lock's would end up here, too
                }
            }
        });

        CloseReport report = close();

        assertThat(report.ended()).containsExactly(new CloseReport.Ended("consumer", CloseReport.Step.INJECTION));
        assertThat(consumer.outcome()).isInstanceOf(Outcome.Exited.class);
        // The queue works on: its lock is free, and no element goes to the dead.
        queue.put("for the living");
        assertThat(queue.poll(20, TimeUnit.SECONDS)).isEqualTo("for the living");
    }

    @Test
    void awaitsAConditionForEver_isThrownOutHoldingItsLock_andNoSignalIsLost() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        GreenThread<?> waiter = hub.spawn("waiter", () -> {
            lock.lock();
            try {
                begun.countDown();
                while (!over) {
                    condition.awaitUninterruptibly();
                }
            } finally {
                done.add("holds the lock: " + lock.isHeldByCurrentThread());
                lock.unlock();
            }
        });

        CloseReport report = close();

        assertThat(report.isClean()).isTrue();
        assertThat(waiter.outcome()).isInstanceOf(Outcome.Exited.class);
        assertThat(done).containsExactly("holds the lock: true");
        assertThat(lock.isLocked()).isFalse();
        CountDownLatch signalled = new CountDownLatch(1);
        Thread survivor = Thread.ofPlatform().start(() -> {
            lock.lock();
            try {
                condition.awaitUninterruptibly();
                signalled.countDown();
            } finally {
                lock.unlock();
            }
        });
        awaitState(survivor, Thread.State.WAITING);
        lock.lock();
        try {
            condition.signal();
        } finally {
            lock.unlock();
        }
        assertThat(signalled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Regression: it was made to hold the lock once, whatever its wait had let go, and the second unlock failed. */
    @Test
    void awaitsAConditionWhileHoldingItsLockTwice_isThrownOutHoldingItTwice() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        List<Action<Exception>> waits = List.of(
                condition::awaitUninterruptibly,
                condition::await,
                () -> condition.awaitNanos(Long.MAX_VALUE),
                () -> condition.await(LONG_MILLIS, TimeUnit.MILLISECONDS),
                () -> condition.awaitUntil(new java.util.Date(Long.MAX_VALUE)));
        List<GreenThread<?>> waiters = new ArrayList<>();
        for (Action<Exception> wait : waits) {
            waiters.add(hub.spawn(() -> {
                lock.lock();
                try {
                    lock.lock();
                    try {
                        awaitWhatever(wait);
                    } finally {
                        done.add("holds the lock: " + lock.getHoldCount());
                        lock.unlock();
                    }
                } finally {
                    lock.unlock();
                }
            }));
        }
        hub.spawn(begun::countDown).join();

        CloseReport report = close();

        assertThat(report.isClean()).isTrue();
        assertThat(done).hasSize(waits.size()).containsOnly("holds the lock: 2");
        assertThat(waiters).allSatisfy(waiter -> assertThat(waiter.outcome()).isInstanceOf(Outcome.Exited.class));
        assertThat(lock.isLocked()).isFalse();
    }

    private void awaitWhatever(Action<Exception> wait) {
        while (!over) {
            try {
                wait.run();
            } catch (Exception e) {
                // deaf
            }
        }
    }

    @Test
    void holderAndWaiterOfOneLock_bothOfTheHub_bothDie() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        hub.spawn("holder", () -> {
            lock.lock();
            try {
                sleepWhatever();
            } finally {
                lock.unlock();
            }
        });
        hub.spawn("waiter", () -> {
            lock.lock(); // does not answer interrupts
            lock.unlock();
        });

        CloseReport report = close();

        assertThat(report.isClean()).isTrue();
        assertThat(report.ended()).contains(new CloseReport.Ended("holder", CloseReport.Step.INJECTION));
        assertThat(lock.isLocked()).isFalse();
        assertThat(lock.hasQueuedThreads()).isFalse();
    }

    @Test
    void yieldsForEver_isEndedAtAYield() throws Exception {
        hub.spawn("busy", () -> {
            begun.countDown();
            while (!over) {
                Thread.yield();
            }
        });

        assertThat(close().ended()).containsExactly(new CloseReport.Ended("busy", CloseReport.Step.INJECTION));
    }

    @Test
    void parksForEver_withAnInterruptThatItNeverClears_isEnded() throws Exception {
        hub.spawn("naive", () -> {
            begun.countDown();
            while (!over) {
                LockSupport.parkNanos(1_000_000);
                Thread.yield(); // an interrupted thread's park returns at once
            }
        });

        assertThat(close().ended()).containsExactly(new CloseReport.Ended("naive", CloseReport.Step.INJECTION));
    }

    @Test
    void inheritedThread_thatSwallowsInterrupts_dies() throws Exception {
        GreenThread<Thread> parent =
                hub.spawn("parent", () -> Thread.ofVirtual().name("child").start(this::sleepWhatever));
        Thread child = parent.get();

        assertThat(close().ended()).containsExactly(new CloseReport.Ended("child", CloseReport.Step.INJECTION));
        assertThat(child.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void closedFromInside_theDeafDieAndTheCloserGoesOn() throws Exception {
        hub.spawn("deaf", this::sleepWhatever);
        GreenThread<CloseReport> closer = hub.spawn("closer", this::close);

        assertThat(closer.get().ended()).containsExactly(new CloseReport.Ended("deaf", CloseReport.Step.INJECTION));
    }

    @Test
    void catchesThrowableForEver_isAbandonedWithTheReason() throws Exception {
        GreenThread<?> immortal = hub.spawn("immortal", () -> {
            begun.countDown();
            while (!over) {
                try {
                    Thread.sleep(LONG_MILLIS);
                } catch (GreenletExit exit) {
                    done.add("caught");
                } catch (Throwable any) {
                    // interrupts
                }
            }
        });

        CloseReport report = close();

        assertThat(done).containsExactly("caught", "caught", "caught");
        assertThat(report.describe()).contains("'immortal'").contains("it caught what was thrown into it, 3 times");
        end(immortal);
    }

    @Test
    void holdsALockThatASurvivorWaitsFor_isSpared() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        GreenThread<?> holder = hub.spawn("holder", () -> {
            lock.lock();
            try {
                sleepWhatever();
            } finally {
                lock.unlock();
            }
        });
        begun.await();
        Thread survivor = Thread.ofPlatform().name("survivor").start(() -> {
            lock.lock();
            lock.unlock();
        });
        awaitState(survivor, Thread.State.WAITING);

        assertSpared(close(), "holder");
        end(holder);
        assertThat(survivor.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void holdsAMonitorThatASurvivorWaitsFor_isSpared() throws Exception {
        Object monitor = new Object();
        GreenThread<?> holder = hub.spawn("holder", () -> {
            synchronized (monitor) {
                sleepWhatever();
            }
        });
        begun.await();
        Thread survivor = Thread.ofPlatform().name("survivor").start(() -> {
            synchronized (monitor) {
                done.add("entered");
            }
        });
        awaitState(survivor, Thread.State.BLOCKED);

        assertSpared(close(), "holder");
        end(holder);
        assertThat(survivor.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void waitsForALockThatASurvivorHolds_isSpared() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch release = new CountDownLatch(1);
        Thread survivor = Thread.ofPlatform().name("survivor").start(() -> {
            lock.lock();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } finally {
                lock.unlock();
            }
        });
        awaitState(survivor, Thread.State.WAITING);
        GreenThread<?> waiter = hub.spawn("waiter", () -> {
            begun.countDown();
            lock.lock();
            lock.unlock();
        });

        assertSpared(close(), "waiter");
        release.countDown();
        assertThat(waiter.join(Duration.ofSeconds(20))).isNotNull();
        assertThat(survivor.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void sharesOnlyWithOneThatIsSpared_isSparedToo() throws Exception {
        ReentrantLock outer = new ReentrantLock();
        ReentrantLock inner = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        GreenThread<?> first = hub.spawn("first", () -> {
            outer.lock();
            inner.lock();
            try {
                both.countDown();
                sleepWhatever();
            } finally {
                inner.unlock();
                outer.unlock();
            }
        });
        GreenThread<?> second = hub.spawn("second", () -> {
            both.countDown();
            inner.lock();
            inner.unlock();
        });
        both.await();
        Thread survivor = Thread.ofPlatform().name("survivor").start(() -> {
            outer.lock();
            outer.unlock();
        });
        awaitState(survivor, Thread.State.WAITING);

        CloseReport report = close();

        assertThat(report.ended()).isEmpty();
        assertThat(report.abandoned())
                .extracting(CloseReport.Abandoned::name)
                .containsExactlyInAnyOrder("first", "second");
        assertThat(report.describe())
                .contains("it shares a lock with thread 'survivor', which goes on")
                .contains("it shares a lock with thread 'first', which goes on");
        end(first);
        assertThat(second.join(Duration.ofSeconds(20))).isNotNull();
        assertThat(survivor.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void waitsInObjectWait_whereNothingCanBeThrown_isAbandonedWithTheReason() throws Exception {
        Object monitor = new Object();
        GreenThread<?> waiter = hub.spawn("waiter", () -> {
            synchronized (monitor) {
                begun.countDown();
                while (!over) {
                    try {
                        monitor.wait();
                    } catch (InterruptedException e) {
                        // what this test is about
                    }
                }
            }
        });

        CloseReport report = close();

        assertThat(report.describe()).contains("it is not at a switch point where something can be thrown");
        over = true;
        synchronized (monitor) {
            monitor.notifyAll();
        }
        assertThat(waiter.join(Duration.ofSeconds(20))).isNotNull();
    }

    @Test
    void killedOneSpawnsAnother_thatOneIsKilledToo() throws Exception {
        hub.spawn("parent", () -> {
            begun.countDown();
            try {
                Thread.sleep(LONG_MILLIS);
            } finally {
                hub.spawn("child", () -> Thread.sleep(LONG_MILLIS));
            }
        });

        CloseReport report = close();

        assertThat(report.isClean()).isTrue();
        assertThat(report.ended()).extracting(CloseReport.Ended::name).containsExactlyInAnyOrder("parent", "child");
    }

    /** Once the body that is to be ended waits, or is about to: on a hub whoever has begun goes on to its next switch point. */
    private CloseReport close() throws InterruptedException {
        begun.await();
        return hub.close(Duration.ZERO);
    }

    private void sleepWhatever() {
        begun.countDown();
        while (!over) {
            try {
                Thread.sleep(LONG_MILLIS);
            } catch (InterruptedException e) {
                // what this test is about
            }
        }
    }

    private static void assertSpared(CloseReport report, String name) {
        assertThat(report.ended()).isEmpty();
        assertThat(report.abandoned()).singleElement().satisfies(abandoned -> {
            assertThat(abandoned.name()).isEqualTo(name);
            assertThat(abandoned.reason()).isEqualTo("it shares a lock with thread 'survivor', which goes on");
        });
    }

    private void end(GreenThread<?> spared) throws InterruptedException {
        over = true;
        spared.thread().interrupt();
        assertThat(spared.join(Duration.ofSeconds(20))).isNotNull();
    }

    private static void awaitState(Thread thread, Thread.State state) {
        while (thread.getState() != state) {
            Thread.onSpinWait();
        }
    }
}
