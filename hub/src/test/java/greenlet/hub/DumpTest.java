package greenlet.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a dump says of each green thread. */
// Handles of threads that wait for ever are of no use; yields are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck", "WaitNotInLoop"})
@Timeout(60)
class DumpTest {
    @TempDir
    private Path folder;

    /** Looks until that green thread is in that state. */
    private static GreenThreadDump await(Hub hub, String name, GreenThreadDump.State state) {
        while (true) {
            for (GreenThreadDump thread : hub.dump().greenThreads()) {
                if (thread.name().equals(name) && thread.state() == state) {
                    return thread;
                }
            }
            Thread.yield();
        }
    }

    @Test
    void dump_threadWaitsForALock_namesTheLockAndItsOwner() {
        ReentrantLock lock = new ReentrantLock();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hub.spawn("holder", () -> {
                lock.lock();
                LockSupport.park();
            });
            hub.spawn("waiter", () -> lock.lock());

            GreenThreadDump waiter = await(hub, "waiter", GreenThreadDump.State.WAITING);

            assertThat(waiter.waits()).isNotNull();
            assertThat(waiter.waits().kind()).isEqualTo(GreenThreadDump.Kind.SYNCHRONIZER);
            assertThat(waiter.waits().object()).contains("ReentrantLock");
            assertThat(waiter.waits().owner()).isEqualTo("holder");
            assertThat(waiter.stack()).anyMatch(frame -> frame.getMethodName().equals("lock"));
            assertThat(hub.dump().toText())
                    .containsPattern(
                            "'waiter' #\\d+ WAITING for .* s: parked for <.*ReentrantLock.*> held by 'holder' #\\d+");
        }
    }

    @Test
    void dump_threadsShareAMonitor_namesItAndWhoHoldsIt() {
        Object monitor = new Object();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hub.spawn("holder", () -> {
                synchronized (monitor) {
                    LockSupport.park();
                }
            });
            hub.spawn("blocked", () -> {
                synchronized (monitor) {
                    monitor.notifyAll();
                }
            });

            // First the holder: a dump from outside sees each at a moment of its own, and a running thread's monitors
            // are unknown.
            GreenThreadDump holder = await(hub, "holder", GreenThreadDump.State.WAITING);
            GreenThreadDump blocked = await(hub, "blocked", GreenThreadDump.State.BLOCKED);

            String identity = java.util.Objects.toIdentityString(monitor);
            assertThat(blocked.waits())
                    .isEqualTo(new GreenThreadDump.Wait(GreenThreadDump.Kind.MONITOR, identity, "holder", holder.id()));
            assertThat(holder.holds()).containsExactly(identity);
        }
    }

    @Test
    void dump_threadWaitsToBeNotified_namesTheObjectAndDoesNotSayThatItHoldsIt() {
        Object monitor = new Object();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hub.spawn("waits", () -> {
                synchronized (monitor) {
                    monitor.wait();
                }
            });

            GreenThreadDump waits = await(hub, "waits", GreenThreadDump.State.WAITING);

            assertThat(requireNonNull(waits.waits()).kind()).isEqualTo(GreenThreadDump.Kind.NOTIFICATION);
            assertThat(waits.waits().object()).isEqualTo(java.util.Objects.toIdentityString(monitor));
            assertThat(waits.holds()).isEmpty();
        }
    }

    @Test
    void dump_threadsSleepJoinAndRead_saysWhatEachWaitsFor() throws Exception {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GreenThread<?> sleeper = hub.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));
            hub.spawn("joiner", () -> sleeper.join());
            hub.spawn("acceptor", () -> server.accept());

            GreenThreadDump sleeps = await(hub, "sleeper", GreenThreadDump.State.TIMED_WAITING);
            GreenThreadDump joins = await(hub, "joiner", GreenThreadDump.State.WAITING);
            GreenThreadDump accepts = await(hub, "acceptor", GreenThreadDump.State.WAITING);

            assertThat(requireNonNull(sleeps.waits()).kind()).isEqualTo(GreenThreadDump.Kind.SLEEP);
            assertThat(joins.waits())
                    .isEqualTo(
                            new GreenThreadDump.Wait(GreenThreadDump.Kind.END_OF_THREAD, null, "sleeper", sleeps.id()));
            assertThat(requireNonNull(accepts.waits()).kind()).isEqualTo(GreenThreadDump.Kind.INPUT);
            assertThat(hub.dump().toText())
                    .contains("sleeps", "waits for the end of 'sleeper' #" + sleeps.id(), "waits for input");
        }
    }

    @Test
    void dump_threadHasWaited_saysForHowLong() {
        AtomicLong now = new AtomicLong();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).clock(now::get).start()) {
            hub.spawn("parked", () -> LockSupport.park());
            await(hub, "parked", GreenThreadDump.State.WAITING);
            now.set(Duration.ofSeconds(5).toNanos());

            GreenThreadDump parked = await(hub, "parked", GreenThreadDump.State.WAITING);

            assertThat(parked.waiting()).isEqualTo(Duration.ofSeconds(5));
            assertThat(DumpText.head(parked)).contains("WAITING for 5.000 s");
        }
    }

    @Test
    void dump_threadComputes_showsTheFrameItIsIn() {
        AtomicLong stop = new AtomicLong();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hub.spawn("computes", () -> computes(stop));

            // It runs before it gets there too: the frame is awaited.
            GreenThreadDump running = await(hub, "computes", GreenThreadDump.State.RUNNING);
            while (running.stack().stream()
                    .noneMatch(frame -> frame.getMethodName().equals("computes"))) {
                running = await(hub, "computes", GreenThreadDump.State.RUNNING);
            }
            stop.set(1);

            assertThat(running.waits()).isNull();
            assertThat(running.waiting()).isNull();
        }
    }

    private static void computes(AtomicLong stop) {
        while (stop.get() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void dump_threadIsInABlockingCall_saysSo() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start();
                InputStream out = process.getInputStream()) {
            hub.spawn("reader", () -> out.read());

            GreenThreadDump reader = await(hub, "reader", GreenThreadDump.State.IN_CALL);
            process.destroy();

            // The call counts from its announcement, which the pipe's stream makes as well as the file's beneath it.
            assertThat(reader.stack()).anyMatch(frame -> frame.getMethodName().equals("read"));
        }
    }

    @Test
    void dump_threadIsInABlockingCall_saysForHowLong() throws Exception {
        AtomicLong now = new AtomicLong();
        Process process = new ProcessBuilder("sleep", "1000").start();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).clock(now::get).start();
                InputStream out = process.getInputStream()) {
            hub.spawn("reader", () -> out.read());
            awaitStack(hub, "reader", GreenThreadDump.State.IN_CALL, "readBytes");
            now.set(Duration.ofSeconds(5).toNanos());

            GreenThreadDump reader = await(hub, "reader", GreenThreadDump.State.IN_CALL);
            process.destroy();

            assertThat(reader.waiting()).isEqualTo(Duration.ofSeconds(5));
            assertThat(reader.waits()).as("its stack alone says").isNull();
            assertThat(DumpText.head(reader)).contains("IN_CALL for 5.000 s");
        }
    }

    /** Holds up whoever initialises it. */
    private static final class Holds {
        static final CountDownLatch RELEASE = new CountDownLatch(1);

        private static final class Up {
            static final boolean RELEASED = awaitRelease();

            private static boolean awaitRelease() {
                try {
                    RELEASE.await();
                    return true;
                } catch (InterruptedException e) {
                    return false;
                }
            }
        }
    }

    @Test
    void dump_threadIsPinned_saysForHowLong() throws Exception {
        AtomicLong now = new AtomicLong();
        try (Hub hub = Hub.builder().grace(Duration.ZERO).clock(now::get).start()) {
            GreenThread<Boolean> pinned = hub.spawn("pinned", () -> Holds.Up.RELEASED);
            await(hub, "pinned", GreenThreadDump.State.PINNED);
            now.set(Duration.ofSeconds(5).toNanos());

            GreenThreadDump seen = await(hub, "pinned", GreenThreadDump.State.PINNED);
            while (seen.waits() == null) { // in the class loader
                seen = await(hub, "pinned", GreenThreadDump.State.PINNED);
            }
            Holds.RELEASE.countDown();

            assertThat(seen.waiting()).isEqualTo(Duration.ofSeconds(5));
            assertThat(requireNonNull(seen.waits()).object()).contains("CountDownLatch");
            assertThat(pinned.get()).isTrue();
        }
    }

    /** Looks until that green thread is in that state and in a method of that name, or one that begins so. */
    private static void awaitStack(Hub hub, String name, GreenThreadDump.State state, String method) {
        while (await(hub, name, state).stack().stream()
                .noneMatch(frame -> frame.getMethodName().startsWith(method))) {
            Thread.yield();
        }
    }

    @Test
    void dump_readyAndKilledThreads_showsBoth() {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            CountDownLatch never = new CountDownLatch(1);
            List<GreenThreadDump> seen = new ArrayList<>();
            GreenThread<?> stubborn = hub.spawn("stubborn", () -> {
                while (true) {
                    try {
                        never.await();
                        return;
                    } catch (InterruptedException e) {
                        LockSupport.parkNanos(1_000_000);
                        if (seen.size() > 1) {
                            return;
                        }
                    }
                }
            });
            await(hub, "stubborn", GreenThreadDump.State.WAITING);
            stubborn.kill();
            hub.spawn("asks", () -> {
                hub.spawn("ready", () -> {});
                seen.addAll(Hub.current().dump().greenThreads());
            });
            GreenThread<?> end = hub.spawn("end", () -> {});
            while (!end.isDone()) {
                Thread.yield();
            }

            assertThat(seen)
                    .filteredOn(thread -> thread.name().equals("ready"))
                    .singleElement()
                    .satisfies(ready -> {
                        assertThat(ready.state()).isEqualTo(GreenThreadDump.State.READY);
                        assertThat(ready.stack()).isEmpty();
                    });
            assertThat(seen)
                    .filteredOn(thread -> thread.name().equals("stubborn"))
                    .singleElement()
                    .satisfies(killed -> assertThat(killed.killed()).isTrue());
            assertThat(seen)
                    .filteredOn(thread -> thread.name().equals("asks"))
                    .singleElement()
                    .satisfies(self -> assertThat(self.state()).isEqualTo(GreenThreadDump.State.RUNNING));
        }
    }

    @Test
    void dump_takenByAGreenThread_changesNoOrder() throws Exception {
        assertThat(trace(true)).isEqualTo(trace(false));
    }

    private static List<String> trace(boolean dumps) throws Exception {
        return Hub.run(() -> {
            List<String> trace = new ArrayList<>();
            Hub hub = Hub.current();
            for (String name : List.of("a", "b", "c")) {
                hub.spawn(name, () -> {
                    for (int step = 0; step < 50; step++) {
                        trace.add(name);
                        if (dumps && step % 5 == 0) {
                            assertThat(hub.dump().greenThreads()).isNotEmpty();
                        }
                        Thread.yield();
                    }
                });
            }
            hub.spawn("awaited", () -> {}).get();
            return trace;
        });
    }

    @Test
    void dump_spawnsAreRecorded_saysWhoSpawnedAndWhere() {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).recordSpawns().start()) {
            hub.spawn("parent", () -> {
                hub.spawn("child", () -> LockSupport.park());
                Thread.ofVirtual().name("inherited").start(LockSupport::park);
                LockSupport.park();
            });

            GreenThreadDump child = await(hub, "child", GreenThreadDump.State.WAITING);
            GreenThreadDump inherited = await(hub, "inherited", GreenThreadDump.State.WAITING);
            GreenThreadDump parent = await(hub, "parent", GreenThreadDump.State.WAITING);

            for (GreenThreadDump made : List.of(child, inherited)) {
                assertThat(made.origin()).isNotNull();
                assertThat(made.origin().by()).isEqualTo("parent");
                assertThat(made.origin().at().getFirst().getClassName()).isEqualTo(DumpTest.class.getName());
            }
            assertThat(requireNonNull(parent.origin()).by())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(child.spawned()).isTrue();
            assertThat(inherited.spawned()).isFalse();
            assertThat(hub.dump().toText()).contains("spawned by 'parent'", "WAITING, inherited for ");
        }
    }

    @Test
    void dump_spawnsAreNotRecorded_hasNoOrigins() {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hub.spawn("parked", () -> LockSupport.park());

            assertThat(await(hub, "parked", GreenThreadDump.State.WAITING).origin())
                    .isNull();
        }
    }

    @Test
    void dump_ofAClosedHub_isEmpty() {
        Hub hub = Hub.start();
        hub.close();

        assertThat(hub.dump().greenThreads()).isEmpty();
    }

    @Test
    void jcmdDump_ofAHub_hasAContainerWithItsThreads() throws Exception {
        Path file = folder.resolve("threads.json");
        try (Hub hub =
                Hub.builder().grace(Duration.ZERO).name("a \"named\" hub").start()) {
            hub.spawn("in the container", () -> LockSupport.park());
            await(hub, "in the container", GreenThreadDump.State.WAITING);

            // What jcmd Thread.dump_to_file -format=json runs.
            ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        }

        JsonNode containers = JsonMapper.shared()
                .readTree(Files.readString(file))
                .get("threadDump")
                .get("threadContainers");
        List<String> names = new ArrayList<>();
        for (JsonNode container : containers) {
            if (container.get("container").asString().contains("a \"named\" hub")) {
                container
                        .get("threads")
                        .forEach(thread -> names.add(thread.get("name").asString()));
            }
        }
        assertThat(names).contains("in the container");
    }
}
