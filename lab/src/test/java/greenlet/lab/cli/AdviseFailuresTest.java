package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks as bad as users write them: each is told of, and what was measured before is kept. */
class AdviseFailuresTest {
    private static final double PACE = 0.15;

    @TempDir
    Path folder;

    private AdviseRun run(String body, String... more) throws IOException {
        return runOn("platform-threads", body, more);
    }

    private AdviseRun runOn(String mechanism, String body, String... more) throws IOException {
        Path source = Files.writeString(
                folder.resolve("MyTask.java"),
                "import java.util.*; import java.util.concurrent.*; import greenlet.lab.advise.Workload;\n" + body);
        String[] arguments = {
            source.toString(), "--mechanism", mechanism, "--rounds", "1", "--call-limit", "1s", "--max-concurrency", "8"
        };
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return AdviseRun.of(folder, PACE, all);
    }

    @Test
    void task_throws_isToldWithItsPlace() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() { throw new IllegalStateException("no order 7"); }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("THROWS");
        assertThat(run.whatWentWrong())
                .contains("java.lang.IllegalStateException: no order 7 (at MyTask.run(MyTask.java:3))");
        assertThat(run.sentence()).startsWith("No advice: 1 of 1 calls threw");
    }

    @Test
    void task_throwsUnderLoad_keepsWhatWasMeasuredBefore() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Workload {
                private int callers;
                public void open(int count) { callers = count; }
                public void call(int caller) throws Exception {
                    if (callers == 4) throw new java.io.IOException("too many");
                    Thread.sleep(2);
                }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).contains("THROWS");
        assertThat(run.curve("platform-threads").path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.curve("platform-threads").path("points").size()).isEqualTo(3);
        assertThat(run.concurrency()).isBetween(1, 2);
        assertThat(run.advice.at("/advice/confidence/level").asString()).isEqualTo("LOW");
    }

    /**
     * Waits as it should while it warms up and with one and two callers; with four, or on a machine too busy for a call of those with eight, each
     * call does something else.
     */
    private AdviseRun runUnderLoad(String withFour) throws IOException {
        return runUnderLoad("platform-threads", withFour);
    }

    private AdviseRun runUnderLoad(String mechanism, String withFour) throws IOException {
        return runOn(mechanism, """
            public class MyTask implements Workload {
                private int opened, callers;
                public void open(int count) { opened++; callers = count; }
                public void call(int caller) throws Exception {
                    if (opened >= 4 && callers >= 4) %s;
                    Thread.sleep(2);
                }
            }
            """.formatted(withFour));
    }

    private static void assertKeptWhatWasMeasuredBefore(AdviseRun run) {
        assertKeptWhatWasMeasuredBefore(run, "platform-threads");
    }

    private static void assertKeptWhatWasMeasuredBefore(AdviseRun run, String mechanism) {
        assertThat(run.curve(mechanism).path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.curve(mechanism).path("points").size())
                .as(run.toString())
                .isBetween(2, 3);
        assertThat(run.concurrency()).isBetween(1, 4);
        assertThat(run.choice()).isEqualTo(mechanism);
        assertThat(run.sentence())
                .startsWith("Take " + (mechanism.equals("greenlets") ? mechanism : mechanism.replace('-', ' ')));
        assertThat(run.advice.at("/advice/confidence/level").asString()).isEqualTo("LOW");
    }

    @Test
    void task_hangsUnderLoad_keepsWhatWasMeasuredBefore() throws Exception {
        AdviseRun run = runUnderLoad("new CountDownLatch(1).await()");
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("HANGS");
        assertThat(run.whatWentWrong()).contains("did not end within 1.0 s: it waits at MyTask.call(MyTask.java:6)");
        assertThat(run.advice.at("/problems/0/concurrency").asInt()).isIn(4, 8);
        assertKeptWhatWasMeasuredBefore(run);
    }

    @Test
    void task_exitsTheJvmUnderLoad_keepsWhatWasMeasuredBefore() throws Exception {
        AdviseRun run = runUnderLoad("System.exit(0)");
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("EXITS");
        assertThat(run.whatWentWrong()).contains("System.exit was called at MyTask.call(MyTask.java:6)");
        assertThat(run.advice.at("/problems/0/concurrency").asInt()).isIn(4, 8);
        assertKeptWhatWasMeasuredBefore(run);
    }

    static List<String> lightThreads() {
        return AdviseSize.CHOSEN == AdviseSize.THOROUGH
                ? List.of("greenlets", "virtual-threads")
                : List.of("greenlets");
    }

    /** One hub is measured first unless told otherwise, so that this is what happens to a bad task. */
    @ParameterizedTest
    @MethodSource("lightThreads")
    void task_hangsUnderLoadOnALightThread_keepsWhatWasMeasuredBefore(String mechanism) throws Exception {
        AdviseRun run = runUnderLoad(mechanism, "new CountDownLatch(1).await()");
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).as(run.toString()).containsExactly("HANGS");
        assertThat(run.whatWentWrong()).contains("did not end within 1.0 s: it waits at MyTask.call(MyTask.java:6)");
        assertKeptWhatWasMeasuredBefore(run, mechanism);
    }

    @ParameterizedTest
    @MethodSource("lightThreads")
    void task_exitsTheJvmUnderLoadOnALightThread_keepsWhatWasMeasuredBefore(String mechanism) throws Exception {
        AdviseRun run = runUnderLoad(mechanism, "System.exit(0)");
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).as(run.toString()).containsExactly("EXITS");
        assertThat(run.whatWentWrong()).contains("System.exit was called at MyTask.call(MyTask.java:6)");
        assertKeptWhatWasMeasuredBefore(run, mechanism);
    }

    @ParameterizedTest
    @MethodSource("lightThreads")
    void task_floodsItsOutputUnderLoadOnALightThread_isMeasuredAndTold(String mechanism) throws Exception {
        AdviseRun run =
                runUnderLoad(mechanism, "for (int i = 0; i < 100; i++) System.out.println(\"x\".repeat(10_000))");
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).as(run.toString()).containsExactly("FLOODS_OUTPUT");
        assertThat(run.curve(mechanism).path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.out).doesNotContain("xxx");
    }

    /** They are in no list of all threads. */
    @Test
    void task_leaksVirtualThreads_isTold() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() {
                    Thread.startVirtualThread(() -> {
                        try { Thread.sleep(1_000_000); } catch (InterruptedException e) {}
                    });
                    try { Thread.sleep(1); } catch (InterruptedException e) {}
                }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).contains("LEAKS_THREADS");
        assertThat(run.whatWentWrong()).contains("threads that it started stay, such as a virtual one at MyTask.");
        assertThat(run.curve("platform-threads").path("status").asString()).isEqualTo("MEASURED");
    }

    /** The heap is a limit like others if it was enough for some. */
    @Test
    void task_usesUpItsHeapUnderLoad_keepsWhatWasMeasuredBeforeAndIsNoFault() throws Exception {
        AdviseRun run = runUnderLoad("Arrays.fill(new byte[2][], new byte[Integer.MAX_VALUE - 8])");
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.problems()).isEmpty();
        assertThat(run.curve("platform-threads").path("reason").asString())
                .contains("it ran out of its heap of 512 MiB")
                .contains("OutOfMemoryError");
        assertKeptWhatWasMeasuredBefore(run);
    }

    @Test
    void task_usesUpItsHeap_isTold() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Callable<byte[]> {
                public byte[] call() { return new byte[Integer.MAX_VALUE - 8]; }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("OUT_OF_MEMORY");
        assertThat(run.whatWentWrong()).contains("it ran out of its heap of 512 MiB");
        assertThat(run.sentence()).startsWith("No advice: it ran out of its heap");
    }

    @Test
    void task_hangs_isToldWithItsPlace() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() { try { new CountDownLatch(1).await(); } catch (InterruptedException e) {} }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("HANGS");
        assertThat(run.whatWentWrong()).contains("did not end within 1.0 s: it waits at MyTask.run(MyTask.java:3)");
    }

    @Test
    void task_exitsTheJvm_isToldWithItsPlace() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() { System.exit(0); }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("EXITS");
        assertThat(run.whatWentWrong()).contains("System.exit was called at MyTask.run(MyTask.java:3)");
    }

    @Test
    void task_haltsTheJvm_isTold() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() { Runtime.getRuntime().halt(9); }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.whatWentWrong()).contains("its JVM ended with code 9");
    }

    @Test
    void task_leaksThreads_isEndedBeforeTheMachineIsFull() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() {
                    Thread t = new Thread(() -> { try { Thread.sleep(1_000_000); } catch (InterruptedException e) {} });
                    t.setDaemon(true);
                    t.start();
                }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).contains("LEAKS_THREADS");
        assertThat(run.whatWentWrong()).contains("threads that it started stay, such as 'Thread-");
    }

    @Test
    void task_floodsItsOutput_isMeasuredAndTold() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public void run() { System.out.println("x".repeat(2000)); }
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).contains("FLOODS_OUTPUT");
        assertThat(run.curve("platform-threads").path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.out).doesNotContain("xxx");
    }

    @Test
    void task_needsArguments_isToldWhich() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                public MyTask(String name, int port) {}
                public void run() {}
            }
            """);
        assertThat(run.exit).as(run.toString()).isEqualTo(3);
        assertThat(run.problems()).containsExactly("NEEDS_ARGUMENTS");
        assertThat(run.whatWentWrong())
                .contains("MyTask has no constructor without parameters, only (String, int). Give it one");
    }

    @Test
    void workload_raceThatShows_isToldByItsFieldsAndItsChecksum() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Workload {
                static class Book { volatile int orders; }
                static volatile int hits;
                private final Book book = new Book();
                public void call(int caller) {
                    int before = hits, orders = book.orders;
                    for (long end = System.nanoTime() + 200_000; System.nanoTime() < end; ) Thread.onSpinWait();
                    hits = before + 1;
                    book.orders = orders + 1;
                }
                public long checksum() { return book.orders; }
            }
            """);
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.curve("platform-threads").path("races").size()).isEqualTo(2);
        assertThat(run.curve("platform-threads").at("/races/0").asString()).startsWith("checksum() is ");
        assertThat(run.curve("platform-threads").at("/races/1").asString()).startsWith("field hits is ");
        assertThat(run.sentence()).contains("The code as it is races on platform threads: checksum() is ");
    }

    @Test
    void task_throwsOnlyWhereCallsRunInParallel_isARaceAndNoFault() throws Exception {
        AdviseRun run = run("""
            public class MyTask implements Runnable {
                static volatile boolean inside;
                public void run() {
                    if (inside) throw new ConcurrentModificationException();
                    inside = true;
                    for (long end = System.nanoTime() + 200_000; System.nanoTime() < end; ) Thread.onSpinWait();
                    inside = false;
                }
            }
            """, "--mechanism", "greenlets");
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.problems()).isEmpty();
        assertThat(run.curve("platform-threads").at("/races/0").asString())
                .contains("ConcurrentModificationException (at MyTask.run(MyTask.java:5))")
                .endsWith("and none of as many at once on one hub");
        assertThat(run.choice()).isEqualTo("greenlets");
    }
}
