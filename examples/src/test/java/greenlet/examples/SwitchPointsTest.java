package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Generator;
import greenlet.Greenlet;
import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import greenlet.hub.Hubs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * {@code docs/switch-points.md} is true: the calls of its tables are made beside a green thread that is always ready, and the hub's count says
 * whether it had a turn. And it is complete: each method whose Javadoc says "A switch point." is on it.
 */
@Timeout(60)
// The calls are tried for what they do, not used.
@SuppressWarnings({"FutureReturnValueIgnored", "LockNotBeforeTry", "ThreadPriorityCheck", "WaitNotInLoop"})
class SwitchPointsTest {
    private static final String PAGE = "docs/switch-points.md";
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    interface Call {
        void make() throws Exception;
    }

    /** Prepares a call, on a hub; from what it returns on turns are counted. */
    interface Arrangement {
        Call prepare() throws Exception;
    }

    record Case(String name, Arrangement free, Arrangement mustWait) {}

    // A sleep below is the call that is looked at, or is what keeps another one waiting: it is a switch point itself.
    private static final Map<String, Call> ALWAYS = Map.ofEntries(
            Map.entry("Thread.sleep(1)", () -> Thread.sleep(1)),
            Map.entry("Thread.sleep(0)", () -> Thread.sleep(0)),
            Map.entry("Thread.yield()", Thread::yield),
            Map.entry("LockSupport.parkNanos(n)", () -> LockSupport.parkNanos(1)),
            Map.entry("Object.wait()", () -> {
                Object monitor = new Object();
                synchronized (monitor) {
                    monitor.wait(1);
                }
            }),
            Map.entry("Condition.await()", () -> {
                ReentrantLock lock = new ReentrantLock();
                Condition condition = lock.newCondition();
                lock.lock();
                assertThat(condition.awaitNanos(1_000_000)).isLessThanOrEqualTo(0);
            }),
            Map.entry("GreenThread.yieldTurn()", GreenThread::yieldTurn),
            Map.entry("GreenThread.sleep(d)", () -> GreenThread.sleep(Duration.ofNanos(1))));

    static final List<Case> WHEN_THEY_WAIT = List.of(
            new Case(
                    "System.out.println(…)",
                    () -> {
                        PrintStream out = print(new ByteArrayOutputStream());
                        return () -> out.println("alone");
                    },
                    () -> {
                        PrintStream out = print(new Slow());
                        spawn(() -> out.println("first"));
                        return () -> out.println("second");
                    }),
            new Case(
                    "Logger.info(…)",
                    () -> {
                        StreamHandler handler = new StreamHandler(new ByteArrayOutputStream(), new SimpleFormatter());
                        return () -> log(handler);
                    },
                    () -> {
                        StreamHandler handler = new StreamHandler(new Slow(), new SimpleFormatter());
                        spawn(() -> log(handler));
                        return () -> log(handler);
                    }),
            new Case("ReentrantLock.lock()", () -> new ReentrantLock()::lock, () -> {
                ReentrantLock lock = new ReentrantLock();
                spawn(() -> {
                    lock.lock();
                    Thread.sleep(1);
                    lock.unlock();
                });
                return lock::lock;
            }),
            new Case("synchronized", () -> () -> enter(new Object(), () -> {}), () -> {
                Object monitor = new Object();
                spawn(() -> enter(monitor, () -> Thread.sleep(1)));
                return () -> enter(monitor, () -> {});
            }),
            new Case("Semaphore.acquire()", () -> new Semaphore(1)::acquire, () -> {
                Semaphore semaphore = new Semaphore(0);
                later(semaphore::release);
                return semaphore::acquire;
            }),
            new Case("CountDownLatch.await()", () -> new CountDownLatch(0)::await, () -> {
                CountDownLatch latch = new CountDownLatch(1);
                later(latch::countDown);
                return latch::await;
            }),
            new Case("BlockingQueue.take()", () -> new LinkedBlockingQueue<>(List.of(1))::take, () -> {
                BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
                later(() -> queue.add(1));
                return queue::take;
            }),
            new Case(
                    "BlockingQueue.put(x)",
                    () -> {
                        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
                        return () -> queue.put(1);
                    },
                    () -> {
                        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
                        queue.put(1);
                        later(queue::remove);
                        return () -> queue.put(2);
                    }),
            new Case("CompletableFuture.get()", () -> CompletableFuture.completedFuture(1)::get, () -> future()::get),
            new Case(
                    "CompletableFuture.join()", () -> CompletableFuture.completedFuture(1)::join, () -> future()::join),
            new Case(
                    "Thread.join()",
                    () -> ended()::join,
                    () -> Thread.startVirtualThread(() -> LockSupport.parkNanos(1))::join),
            new Case(
                    "GreenThread.join()",
                    () -> endedOnes()::join,
                    () -> Hub.current().spawn(() -> Thread.sleep(1))::join),
            new Case(
                    "GreenThread.get()",
                    () -> endedOnes()::get,
                    () -> Hub.current().spawn(() -> Thread.sleep(1))::get),
            new Case(
                    "ConcurrentHashMap.computeIfAbsent(…)",
                    () -> {
                        Map<Integer, Integer> map = new ConcurrentHashMap<>();
                        return () -> map.computeIfAbsent(1, key -> key);
                    },
                    () -> {
                        Map<Integer, Integer> map = new ConcurrentHashMap<>();
                        spawn(() -> map.computeIfAbsent(1, key -> {
                            LockSupport.parkNanos(1);
                            return key;
                        }));
                        return () -> map.computeIfAbsent(1, key -> key);
                    }));

    private static final Map<String, Call> NEVER = Map.ofEntries(
            Map.entry("Hub.spawn(…)", () -> Hub.current().spawn(() -> {})),
            Map.entry("Thread.startVirtualThread(…)", () -> Thread.startVirtualThread(() -> {})),
            Map.entry(
                    "GreenThread.kill()",
                    () -> Hub.current().spawn(() -> Thread.sleep(1_000_000)).kill()),
            Map.entry(
                    "GreenThread.onEnd(…)", () -> Hub.current().spawn(() -> {}).onEnd(_ -> {})),
            Map.entry(
                    "Thread.interrupt()",
                    () -> Thread.startVirtualThread(LockSupport::park).interrupt()),
            Map.entry("LockSupport.unpark(t)", () -> LockSupport.unpark(Thread.startVirtualThread(LockSupport::park))),
            Map.entry("ReentrantLock.unlock()", () -> {
                ReentrantLock lock = new ReentrantLock();
                lock.lock();
                spawnUnseen(lock::lock);
                lock.unlock();
            }),
            Map.entry("Semaphore.release()", () -> new Semaphore(0).release()),
            Map.entry("CountDownLatch.countDown()", () -> new CountDownLatch(1).countDown()),
            Map.entry("CompletableFuture.complete(x)", () -> new CompletableFuture<Integer>().complete(1)),
            Map.entry("notifyAll()", () -> enter(PAGE, PAGE::notifyAll)),
            Map.entry(
                    "BlockingQueue.offer(x)",
                    () -> assertThat(new ArrayBlockingQueue<Integer>(1).offer(1))
                            .isTrue()),
            Map.entry(
                    "BlockingQueue.poll()",
                    () -> assertThat(new ArrayBlockingQueue<Integer>(1).poll()).isNull()),
            Map.entry("ConcurrentLinkedQueue", () -> new ConcurrentLinkedQueue<Integer>().add(1)),
            Map.entry("AtomicInteger", () -> new AtomicInteger().incrementAndGet()),
            Map.entry("LongAdder", () -> new LongAdder().increment()),
            Map.entry("HashMap.merge(…)", () -> new HashMap<String, Integer>().merge("hits", 1, Integer::sum)),
            Map.entry(
                    "String.format(…)",
                    () -> assertThat(String.format(Locale.ROOT, "%,d", 1000)).isEqualTo("1,000")),
            Map.entry("System.nanoTime()", () -> assertThat(System.nanoTime()).isNotZero()),
            Map.entry("ThreadLocal", () -> new ThreadLocal<Integer>().set(1)),
            Map.entry(
                    "ScopedValue.where(…)",
                    () -> ScopedValue.where(SCOPED, "bound").run(() -> {})),
            Map.entry("Greenlet.switchTo(…)", () -> {
                assertThat(Greenlet.of(first -> first).switchTo(1)).isEqualTo(1);
                try (Generator<Integer> two = Generator.of(out -> {
                    out.yield(1);
                    out.yield(2);
                })) {
                    assertThat(two.stream().toList()).containsExactly(1, 2);
                }
            }));

    static final List<String> NAMES_ALWAYS = names(ALWAYS);
    static final List<String> NAMES_NEVER = names(NEVER);

    @ParameterizedTest
    @FieldSource("NAMES_ALWAYS")
    void call_thatAlwaysSwitches_does(String name) throws Exception {
        assertThat(turnsOfOthersDuring(() -> Objects.requireNonNull(ALWAYS.get(name))))
                .isPositive();
        assertThat(section("### Always")).contains("`" + name + "`");
    }

    /** If that is over before they wait, they do not switch: {@code Hub.run} of an empty body was listed under "always". */
    @Test
    void call_whoseBodyRunsElsewhere_switchesWhileItWaits() throws Exception {
        assertThat(turnsOfOthersDuring(() -> () -> {
                    CountDownLatch released = new CountDownLatch(1);
                    spawn(released::countDown); // only if it has its turn meanwhile does the work end
                    assertThat(Hubs.<Integer, InterruptedException>offload(() -> {
                                released.await();
                                return 1;
                            }))
                            .isEqualTo(1);
                }))
                .isPositive();
        assertThat(turnsOfOthersDuring(() -> () -> {
                    CountDownLatch released = new CountDownLatch(1);
                    spawnUnseen(released::countDown);
                    Hub.run(() -> released.await());
                }))
                .isPositive();
        assertThat(section("### When they have to wait")).contains("`Hubs.offload`", "`Hubs.warmUp`", "`Hub.run`");
    }

    @ParameterizedTest
    @FieldSource("WHEN_THEY_WAIT")
    void call_thatMayWait_switchesIfItDoes(Case each) throws Exception {
        assertThat(turnsOfOthersDuring(each.free)).as("%s, free", each.name).isZero();
        assertThat(turnsOfOthersDuring(each.mustWait))
                .as("%s, has to wait", each.name)
                .isPositive();
        assertThat(section("### When they have to wait")).contains("`" + each.name + "`");
    }

    @ParameterizedTest
    @FieldSource("NAMES_NEVER")
    void call_thatNeverSwitches_doesNot(String name) throws Exception {
        assertThat(turnsOfOthersDuring(() -> Objects.requireNonNull(NEVER.get(name))))
                .isZero();
        assertThat(section("### Never")).contains("`" + name + "`");
    }

    @Test
    void page_hasEachMethodWhoseJavadocSaysSo() throws IOException {
        List<String> lines = Page.of(PAGE).prose();
        TreeSet<String> found = new TreeSet<>();
        TreeSet<String> missing = new TreeSet<>();
        for (String folder : List.of(
                "core/src/main/java/greenlet", "core/src/main/java/greenlet/host", "hub/src/main/java/greenlet/hub")) {
            for (String method : switchPointsIn(Page.root().resolve(folder))) {
                String[] name = method.split("\\.", -1);
                found.add(method);
                Pattern both = Pattern.compile("\\b%s\\b.*\\b%s\\b".formatted(name[0], name[1]));
                if (lines.stream().noneMatch(line -> both.matcher(line).find())) {
                    missing.add(method);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(found)
                .contains("Greenlet.switchTo", "Hub.close", "Connection.awaitRequest")
                .hasSizeGreaterThan(30);
    }

    private static List<String> switchPointsIn(Path folder) throws IOException {
        Pattern method = Pattern.compile("(\\w+)\\s*\\(");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                for (String part : Files.readString(file).split("/\\*\\*", -1)) {
                    int end = Math.max(0, part.indexOf("*/"));
                    String signature = part.substring(end)
                            .replaceAll("@\\w+(\\([^)]*\\))?|//[^\\n]*", "")
                            .split("[{;]", 2)[0];
                    Matcher name = method.matcher(signature);
                    if (part.substring(0, end).contains("A switch point")
                            && signature.contains("public")
                            && name.find()) {
                        found.add(type + "." + name.group(1));
                    }
                }
            }
        }
        return found;
    }

    private static String section(String heading) throws IOException {
        StringBuilder section = new StringBuilder();
        boolean inside = false;
        for (String line : Page.of(PAGE).prose()) {
            inside = line.startsWith("#") ? line.equals(heading) : inside;
            section.append(inside ? line + "\n" : "");
        }
        return section.toString();
    }

    /** Beside a green thread that is always ready. */
    private static long turnsOfOthersDuring(Arrangement arrangement) throws Exception {
        return Hub.<Long, Exception>runUntilMainEnds(() -> {
            Hub hub = Hub.current();
            hub.spawn("always ready", () -> {
                while (true) {
                    GreenThread.yieldTurn();
                }
            });
            Call call = arrangement.prepare();
            GreenThread.yieldTurn(); // whoever was spawned for it is under way
            long before = hub.switchCount();
            call.make();
            return hub.switchCount() - before;
        });
    }

    private static void spawn(Call body) {
        spawnUnseen(body);
        GreenThread.yieldTurn();
    }

    private static void spawnUnseen(Call body) {
        Thread.startVirtualThread(() -> {
            try {
                body.make();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** While the caller waits. */
    private static void later(Call body) {
        spawn(() -> {
            Thread.sleep(1);
            body.make();
        });
    }

    private static void enter(Object monitor, Call inside) throws Exception {
        synchronized (monitor) {
            inside.make();
        }
    }

    private static CompletableFuture<Integer> future() {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        later(() -> future.complete(1));
        return future;
    }

    private static Thread ended() throws InterruptedException {
        Thread thread = Thread.startVirtualThread(() -> {});
        thread.join();
        return thread;
    }

    private static GreenThread<?> endedOnes() throws InterruptedException {
        GreenThread<?> thread = Hub.current().spawn(() -> {});
        thread.join();
        return thread;
    }

    private static PrintStream print(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private static void log(StreamHandler handler) {
        handler.publish(new LogRecord(Level.INFO, "something"));
        handler.flush();
    }

    private static List<String> names(Map<String, ?> calls) {
        return calls.keySet().stream().sorted().toList();
    }

    /** A pipe that is full, a terminal that is slow. */
    private static final class Slow extends OutputStream {
        @Override
        public void write(int oneByte) {
            LockSupport.parkNanos(1_000);
        }
    }
}
