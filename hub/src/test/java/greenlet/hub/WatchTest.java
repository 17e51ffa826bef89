package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog on planted offences, and on hubs that do nothing wrong. */
// Handles of threads that wait for ever are of no use; yields are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(120)
class WatchTest {
    private final Watched watched = new Watched();

    @TempDir
    private Path folder;

    @Test
    void watch_threadComputes_namesItAndTheFrameOnce() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (Hub hub = watched.hub().start()) {
            hub.spawn("hog", () -> Watched.computes(stop));

            WatchReport.Blocked report = watched.nextBlocked();
            stop.set(true);
            hub.spawn("afterwards", () -> {}).get();

            assertThat(report.hub()).isEqualTo("watched");
            assertThat(report.greenThread()).isEqualTo("hog");
            assertThat(report.how()).isEqualTo(WatchReport.Blocked.How.RUNNING);
            assertThat(report.held()).isGreaterThanOrEqualTo(Watched.LIMIT);
            assertThat(report.stack())
                    .anySatisfy(frame -> assertThat(frame.toString()).contains("Watched.computes(Watched.java:"));
            assertThat(report.describe())
                    .contains("Green thread 'hog' #", "has kept hub 'watched' for", "it computes", "Watched.computes");
            assertThat(watched.reports()).isEmpty();
        }
    }

    @Test
    void watch_secondOffenceOfTheSameThread_isReportedToo() throws Exception {
        AtomicBoolean first = new AtomicBoolean();
        AtomicBoolean second = new AtomicBoolean();
        try (Hub hub = watched.hub().start()) {
            hub.spawn("hog", () -> {
                Watched.computes(first);
                Thread.yield();
                Watched.computes(second);
            });

            WatchReport.Blocked one = watched.nextBlocked();
            first.set(true);
            WatchReport.Blocked two = watched.nextBlocked();
            second.set(true);

            assertThat(two.id()).isEqualTo(one.id());
        }
    }

    @Test
    void watch_threadReadsAFifo_saysSystemCallAndTheFrame() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        try (Hub hub = watched.hub().start()) {
            hub.spawn("reader", () -> {
                try (InputStream in = new FileInputStream(fifo.toFile())) {
                    return in.read();
                }
            });

            WatchReport.Blocked report = watched.nextBlocked();
            try (OutputStream out = new FileOutputStream(fifo.toFile())) {
                out.write(1);
            }

            assertThat(report.greenThread()).isEqualTo("reader");
            assertThat(report.how()).isEqualTo(WatchReport.Blocked.How.SYSTEM_CALL);
            assertThat(report.stack().getFirst().getClassName()).isEqualTo("java.io.FileInputStream");
        }
    }

    @Test
    void watch_callThatIsAnnouncedAndNotHandedOver_saysSystemCall() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (Hub hub = watched.hub().handOffAfter(Duration.ofHours(1)).start();
                InputStream out = process.getInputStream()) {
            hub.spawn("reader", () -> out.read());

            WatchReport.Blocked report = watched.nextBlocked();
            process.destroy();

            assertThat(report.how()).isEqualTo(WatchReport.Blocked.How.SYSTEM_CALL);
        }
    }

    @Test
    void watch_threadParksBelowANativeFrame_saysPinnedAndTheFrame() throws Throwable {
        CountDownLatch release = new CountDownLatch(0);
        MethodHandle sort = linkedSort();
        comparing = release;
        sort(sort); // links and loads what would take long enough to be an offence of its own
        CountDownLatch pin = new CountDownLatch(1);
        comparing = pin;
        try (Hub hub = watched.hub().start()) {
            hub.spawn("pinned", () -> sort(sort));

            WatchReport.Blocked report = watched.nextBlocked();
            pin.countDown();

            assertThat(report.greenThread()).isEqualTo("pinned");
            assertThat(report.how()).isEqualTo(WatchReport.Blocked.How.PINNED);
            assertThat(report.stack()).anyMatch(frame -> frame.getMethodName().equals("compareSlowly"));
        }
    }

    private static final CountDownLatch INITIALISING = new CountDownLatch(1);

    /** Initialised by one test. */
    private static final class Slow {
        static final int ANSWER = answer();

        private static int answer() {
            try {
                INITIALISING.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return 42;
        }
    }

    @Test
    void watch_threadParksInAClassInitialiser_saysPinnedAndNamesTheInitialiser() throws Exception {
        try (Hub hub = watched.hub().start()) {
            GreenThread<Integer> pinned = hub.spawn("pinned", () -> Slow.ANSWER);

            WatchReport.Blocked report = watched.nextBlocked();
            while (report.how() != WatchReport.Blocked.How.PINNED) { // it may have been slow before that
                report = watched.nextBlocked();
            }
            INITIALISING.countDown();

            assertThat(report.greenThread()).isEqualTo("pinned");
            assertThat(report.stack())
                    .anyMatch(frame -> frame.getMethodName().equals("<clinit>")
                            && frame.getClassName().equals(Slow.class.getName()));
            assertThat(pinned.get()).isEqualTo(42);
        }
    }

    private static volatile @Nullable CountDownLatch comparing;

    /** C's {@code qsort} of two elements, with {@link #compareSlowly}. */
    @SuppressWarnings("restricted") // an upcall is the simplest native frame
    private static MethodHandle linkedSort() throws ReflectiveOperationException {
        Linker linker = Linker.nativeLinker();
        MemorySegment compare = linker.upcallStub(
                MethodHandles.lookup()
                        .findStatic(
                                WatchTest.class,
                                "compareSlowly",
                                MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class)),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                Arena.global());
        MethodHandle sort = linker.downcallHandle(
                linker.defaultLookup().find("qsort").orElseThrow(),
                FunctionDescriptor.ofVoid(
                        ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        return MethodHandles.insertArguments(sort, 0, Arena.global().allocate(16), 2L, 8L, compare);
    }

    private static void sort(MethodHandle sort) throws Throwable {
        sort.invokeExact();
    }

    @SuppressWarnings("unused") // called by qsort
    private static int compareSlowly(MemorySegment one, MemorySegment other) {
        try {
            Objects.requireNonNull(comparing).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an upcall must not throw
        }
        return Long.compare(one.address(), other.address());
    }

    @Test
    void watch_hubIsIdle_saysNothing() throws Exception {
        try (Hub hub = watched.hub().start()) {
            hub.spawn("waits", () -> LockSupport.park());
            LockSupport.parkNanos(Watched.LIMIT.multipliedBy(5).toNanos());

            watched.assertQuietUntilTheNextOffence(hub);
        }
    }

    @Test
    void watch_callWasHandedOver_saysNothing() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (Hub hub = watched.hub().start();
                InputStream out = process.getInputStream()) {
            hub.spawn("reader", () -> out.read());
            while (hub.statistics().handOffs() == 0) {
                Thread.yield();
            }
            LockSupport.parkNanos(Watched.LIMIT.multipliedBy(5).toNanos());

            watched.assertQuietUntilTheNextOffence(hub);
            process.destroy();
        }
    }

    @Test
    void watch_threadsYieldAllTheTime_saysNothing() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        // A loaded machine may keep the carrier from its processor for a while: that is no offence of a green thread's,
        // but looks like one.
        try (Hub hub =
                watched.hub(Watch.standard().limit(Duration.ofSeconds(5))).start()) {
            for (int i = 0; i < 4; i++) {
                hub.spawn(() -> {
                    while (!stop.get()) {
                        Thread.yield();
                    }
                });
            }
            hub.spawn(() -> Thread.sleep(Watched.LIMIT.multipliedBy(3))).get();
            stop.set(true);
        }
        assertThat(watched.reports()).isEmpty();
    }

    @Test
    void watch_nobodyEverCountsDown_reportsAnIdleHubIfAsked() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        try (Hub hub = watched.hub(Watch.standard().limit(Watched.LIMIT).idleLimit(Watched.LIMIT))
                .start()) {
            hub.spawn("waits", () -> latch.await());

            WatchReport.NothingPending report = (WatchReport.NothingPending) watched.nextReport();

            assertThat(report.idle()).isGreaterThanOrEqualTo(Watched.LIMIT);
            assertThat(report.greenThreads()).extracting(GreenThreadDump::name).containsExactly("waits");
            assertThat(report.describe())
                    .contains("with nothing pending: only a thread outside the hub can wake one of its 1 green threads")
                    .contains("CountDownLatch");
            latch.countDown();
        }
    }

    @Test
    void watch_timedWaitOrInputOrCallIsPending_isNoIdleHub() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        List<Action<?>> pending = List.of(
                () -> Thread.sleep(Duration.ofHours(1)),
                () -> new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress()).accept(),
                () -> process.getInputStream().read());
        for (Action<?> each : pending) {
            try (Hub hub = watched.hub(Watch.standard().limit(Watched.LIMIT).idleLimit(Watched.LIMIT))
                    .start()) {
                hub.spawn("pending", each);
                hub.spawn("started", () -> {}).get();
                LockSupport.parkNanos(Watched.LIMIT.multipliedBy(3).toNanos());
                assertThat(watched.reports()).isEmpty();
                process.destroy();
            }
        }
    }

    @Test
    void watch_hubIsClosed_itsThreadEnds() throws Exception {
        Hub hub = watched.hub().start();
        Thread patrol = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("watched-watch"))
                .findFirst()
                .orElseThrow();
        hub.close();

        patrol.join(TimeUnit.SECONDS.toMillis(Watched.PATIENCE_SECONDS));

        assertThat(patrol.isAlive()).isFalse();
    }

    @Test
    void limit_tooShort_isRefused() {
        assertThatThrownBy(() -> Watch.standard().limit(Duration.ofNanos(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot watch for turns longer than PT0.000000005S: the limit must be at least 1 ms.");
        assertThatThrownBy(() -> Watch.standard().idleLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot report a hub that has been idle for PT0S: the time must be positive.");
    }
}
