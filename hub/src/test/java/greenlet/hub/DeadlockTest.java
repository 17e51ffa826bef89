package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the watchdog says of green threads that wait for each other. */
// Handles of threads that wait for ever are of no use; yields are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(120)
class DeadlockTest {
    private final Watched watched = new Watched();

    /** From within, so that all are there before the first of them runs. */
    private static void start(Hub hub, Action<Exception> spawns) throws Exception {
        hub.spawn("starts", spawns).get();
    }

    /** Enters one monitor, lets the others go on, and wants the other. */
    private static void enterBoth(Object first, Object second) {
        synchronized (first) {
            Thread.yield();
            synchronized (second) {
                Thread.yield();
            }
        }
    }

    @Test
    void deadlock_twoLocksInOppositeOrder_reportsTheCircleWithLocksAndOwners() throws Exception {
        ReentrantLock red = new ReentrantLock();
        Object blue = new Object();
        try (Hub hub = watched.hub().start()) {
            start(hub, () -> {
                hub.spawn("one", () -> {
                    red.lock();
                    Thread.yield();
                    synchronized (blue) {
                        Thread.yield();
                    }
                });
                hub.spawn("two", () -> {
                    synchronized (blue) {
                        Thread.yield();
                        red.lock();
                    }
                });
            });

            WatchReport.Deadlock report = watched.nextDeadlock();

            assertThat(report.circle()).extracting(GreenThreadDump::name).containsExactlyInAnyOrder("one", "two");
            assertThat(report.others()).isZero();
            assertThat(report.describe())
                    .startsWith("Nothing can ever wake hub 'watched': 2 green threads wait for each other.")
                    .contains("waits to lock <" + Objects.toIdentityString(blue) + "> held by 'two'")
                    .containsPattern("parked for <.*ReentrantLock.*> held by 'one'");
        }
    }

    @Test
    void deadlock_twoMonitors_andSomebodyBehindAndSomebodyElse_areToldApart() throws Exception {
        Object red = new Object();
        Object blue = new Object();
        try (Hub hub = watched.hub().start()) {
            start(hub, () -> {
                GreenThread<?> one = hub.spawn("one", () -> enterBoth(red, blue));
                hub.spawn("two", () -> enterBoth(blue, red));
                hub.spawn("behind", () -> one.join());
                hub.spawn("else", () -> Thread.sleep(Duration.ofHours(1)));
            });

            WatchReport.Deadlock report = watched.nextDeadlock();

            assertThat(report.circle()).extracting(GreenThreadDump::name).containsExactlyInAnyOrder("one", "two");
            assertThat(report.behind()).extracting(GreenThreadDump::name).containsExactly("behind");
            assertThat(report.others()).isEqualTo(1);
            assertThat(report.describe())
                    .startsWith("Deadlock on hub 'watched': 2 green threads wait for each other, and 1 more for them.");
            watched.assertQuietUntilTheNextOffence(hub); // it is told once
        }
    }

    @Test
    void deadlock_threadsJoinEachOther_isADeadlock() throws Exception {
        BlockingQueue<GreenThread<?>> handles = new LinkedBlockingQueue<>();
        try (Hub hub = watched.hub().start()) {
            GreenThread<?> one = hub.spawn("one", () -> handles.take().join());
            handles.add(hub.spawn("two", () -> one.join()));

            WatchReport.Deadlock report = watched.nextDeadlock();

            assertThat(report.describe()).contains("waits for the end of 'one'", "waits for the end of 'two'");
        }
    }

    @Test
    void deadlock_circleWithATimeLimit_isNoDeadlock() throws Exception {
        ReentrantLock red = new ReentrantLock();
        ReentrantLock blue = new ReentrantLock();
        try (Hub hub = watched.hub().start()) {
            start(hub, () -> {
                hub.spawn("one", () -> {
                    red.lock();
                    Thread.yield();
                    blue.lock();
                });
                hub.spawn("two", () -> {
                    blue.lock();
                    Thread.yield();
                    return red.tryLock(1, TimeUnit.HOURS);
                });
            });

            LockSupport.parkNanos(Watched.LIMIT.multipliedBy(25).toNanos());

            watched.assertQuietUntilTheNextOffence(hub);
        }
    }
}
