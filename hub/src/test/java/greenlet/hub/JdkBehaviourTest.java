package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inside a green thread the JDK behaves as ever. */
// Yields, a wait without a loop and an endless recursion are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck", "WaitNotInLoop", "InfiniteRecursion"})
@Timeout(60)
class JdkBehaviourTest {
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    @Test
    void threadLocals_areEachThreadsOwn() {
        List<String> seen = new ArrayList<>();

        Hub.run(() -> {
            for (String name : List.of("a", "b", "c")) {
                Hub.current().spawn(() -> {
                    LOCAL.set(name);
                    Thread.yield();
                    seen.add(LOCAL.get());
                });
            }
        });

        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    void inheritableThreadLocals_goToTheSpawned() throws Exception {
        Hub.run(() -> {
            INHERITABLE.set("parent's");
            assertThat(Hub.current().spawn(INHERITABLE::get).get()).isEqualTo("parent's");
        });
    }

    @Test
    void scopedValues_stayInTheirScopeAcrossSwitches() {
        List<String> seen = new ArrayList<>();

        Hub.run(() -> {
            for (String name : List.of("a", "b")) {
                Hub.current()
                        .spawn(() -> ScopedValue.where(SCOPED, name).run(() -> {
                            Thread.yield();
                            seen.add(SCOPED.get());
                        }));
            }
            GreenThread.yieldTurn();
            assertThat(SCOPED.isBound()).isFalse();
        });

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void interrupt_inSleep_throwsAndClearsTheStatus() throws Exception {
        Hub.run(() -> {
            GreenThread<Boolean> sleeper = Hub.current().spawn(() -> {
                try {
                    Thread.sleep(1_000_000);
                    return false;
                } catch (InterruptedException e) {
                    return !Thread.currentThread().isInterrupted();
                }
            });
            GreenThread.yieldTurn();
            sleeper.thread().interrupt();
            assertThat(sleeper.get()).isTrue();
        });
    }

    @Test
    void interrupt_inPark_leavesTheStatus() throws Exception {
        Hub.run(() -> {
            GreenThread<Boolean> parker = Hub.current().spawn(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.park();
                }
                return Thread.interrupted();
            });
            GreenThread.yieldTurn();
            parker.thread().interrupt();
            assertThat(parker.get()).isTrue();
        });
    }

    @Test
    void interruptStatus_ofOneThread_isNotSeenByTheNext() throws Exception {
        Hub.run(() -> {
            GreenThread<?> interrupted = Hub.current().spawn(() -> {
                Thread.currentThread().interrupt();
                Thread.yield();
            });
            GreenThread<Boolean> next =
                    Hub.current().spawn(() -> Thread.currentThread().isInterrupted());
            assertThat(next.get()).isFalse();
            interrupted.join();
        });
    }

    @Test
    void synchronizedHeldAcrossASwitch_keepsOthersOut() {
        List<String> order = new ArrayList<>();
        Object monitor = new Object();

        Hub.run(() -> {
            for (String name : List.of("a", "b")) {
                Hub.current().spawn(() -> {
                    synchronized (monitor) {
                        order.add(name + " in");
                        Thread.yield();
                        Thread.sleep(1);
                        order.add(name + " out");
                    }
                });
            }
        });

        assertThat(order).containsExactly("a in", "a out", "b in", "b out");
    }

    @Test
    void waitWithTimeout_nobodyNotifies_returnsByItself() throws Exception {
        Hub.run(() -> {
            Object monitor = new Object();
            synchronized (monitor) {
                monitor.wait(2);
            }
        });
    }

    @Test
    void illegalMonitorState_isThrownAsEver() {
        assertThatThrownBy(() -> Hub.run(() -> new Object().notify())).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void scheduledExecutorWithAVirtualFactory_runsOnTheHub() throws Exception {
        Hub.run(() -> {
            Hub hub = Hub.current();
            try (ScheduledExecutorService scheduled =
                    Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory())) {
                assertThat(scheduled
                                .schedule(Hub::current, 2, TimeUnit.MILLISECONDS)
                                .get())
                        .isSameAs(hub);
            }
        });
    }

    @Test
    void platformThreads_awaitedOnTheHub_workAsEver() throws Exception {
        Hub.run(() -> {
            try (ExecutorService platform = Executors.newSingleThreadExecutor()) {
                assertThat(platform.submit(() -> Thread.currentThread().isVirtual())
                                .get())
                        .isFalse();
            }
        });
    }

    @Test
    void carrierStack_isAsDeepAsAPlatformThreads() throws Exception {
        int[] depth = new int[2];
        Thread platform = Thread.ofPlatform().start(() -> depth[0] = depthOf(1));
        platform.join();

        Hub.run(() -> {
            depth[1] = depthOf(1);
        });

        assertThat(depth[1]).isGreaterThan(depth[0] / 2);
    }

    private static int depthOf(int depth) {
        try {
            return depthOf(depth + 1);
        } catch (StackOverflowError e) {
            return depth;
        }
    }
}
