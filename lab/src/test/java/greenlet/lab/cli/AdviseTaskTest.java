package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A class on a class path, as a user's build leaves it there. */
class AdviseTaskTest {
    /** What it counts is in no field of its own that is a number: only its results tell of a lost update. */
    private static final String SEATS = """
        package com.acme;
        public class Seats implements java.util.concurrent.Callable<Integer> {
            static class Hall { volatile int booked; }
            private final Hall hall = new Hall();
            public Integer call() {
                int seat = hall.booked;
                for (long end = System.nanoTime() + 200_000; System.nanoTime() < end; ) Thread.onSpinWait();
                hall.booked = seat + 1;
                return seat;
            }
            public static class Plain {}
        }
        """;

    @TempDir
    Path folder;

    private Path classes = Path.of("");

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("Seats.java"), SEATS);
        classes = Files.createDirectory(folder.resolve("classes"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString()))
                .isZero();
    }

    @Test
    void callable_losesUpdatesOnSeveralCores_showsInTheSumOverItsResults() throws Exception {
        AdviseRun run = AdviseRun.of(
                folder,
                0.15,
                "--task",
                "com.acme.Seats",
                "--classpath",
                classes.toString(),
                "--mechanism",
                "greenlets,platform-threads",
                "--rounds",
                "1",
                "--max-concurrency",
                "8");
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.advice.at("/subject/className").asString()).isEqualTo("com.acme.Seats");
        assertThat(run.curve("greenlets").path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.curve("greenlets").path("races")).isEmpty();
        assertThat(run.curve("platform-threads").path("races").size())
                .as(run.toString())
                .isEqualTo(1);
        assertThat(run.curve("platform-threads").at("/races/0").asString())
                .matches("the sum over the results is [\\d,]+ instead of [\\d,]+ after [\\d,]+ calls");
        assertThat(run.choice()).isEqualTo("greenlets");
        assertThat(run.sentence()).contains("The code as it is races on platform threads: the sum over the results is");
    }

    /** A JVM for each caller would count in each, and use every core: the faster, and wrong. */
    @Test
    void runnable_computesAndCounts_isNothingForProcesses() throws Exception {
        Path source = Files.writeString(folder.resolve("Counting.java"), """
            public class Counting implements Runnable {
                private int hits;
                public void run() {
                    for (long end = System.nanoTime() + 200_000; System.nanoTime() < end; ) Thread.onSpinWait();
                    hits++;
                }
            }
            """);
        AdviseRun run = AdviseRun.of(
                folder,
                0.15,
                source.toString(),
                "--mechanism",
                "greenlets,processes",
                "--rounds",
                "1",
                "--max-concurrency",
                "2");
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.curve("processes").path("status").asString())
                .as(run.toString())
                .isEqualTo("NOT_APPLICABLE");
        assertThat(run.curve("processes").path("reason").asString())
                .isEqualTo("processes share no state, and calls write what they share (field hits): each JVM would have"
                        + " its own");
        assertThat(run.choice()).isEqualTo("greenlets");
    }

    /** Twice as many that spin as there are cores: it took thrice its time, and was said to be blocked. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void computing_onABusyMachine_isNotCalledBlocked() throws Exception {
        List<Thread> others = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            others.add(Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    Thread.onSpinWait();
                }
            }));
        }
        Path source = Files.writeString(folder.resolve("Computing.java"), """
            public class Computing implements Runnable {
                public void run() {
                    double sum = 0;
                    for (int i = 1; i < 3_000_000; i++) sum += 1.0 / i;
                    if (sum < 0) throw new AssertionError();
                }
            }
            """);
        AdviseRun run;
        try {
            run = AdviseRun.of(
                    folder,
                    0.2,
                    source.toString(),
                    "--mechanism",
                    "platform-threads",
                    "--rounds",
                    "1",
                    "--max-concurrency",
                    "1");
        } finally {
            over.set(true);
            for (Thread other : others) {
                other.join();
            }
        }
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.advice.at("/profile/blockedShare").asDouble())
                .as(run.toString())
                .isLessThan(0.4);
    }

    /** Its caller is blocked; what it waits for computes, so that it was said to be blocked for all of its time. */
    @Test
    void callable_joinsAPoolThatComputes_isNotCalledBlocked() throws Exception {
        Path source = Files.writeString(folder.resolve("Pooled.java"), """
            import java.util.concurrent.*;
            public class Pooled implements Callable<Boolean> {
                static void spin() {
                    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                    for (long end = threads.getCurrentThreadCpuTime() + 5_000_000; threads.getCurrentThreadCpuTime() < end; ) Thread.onSpinWait();
                }
                public Boolean call() {
                    CompletableFuture.runAsync(Pooled::spin).join();
                    return true;
                }
            }
            """);
        AdviseRun run = AdviseRun.of(
                folder,
                0.2,
                source.toString(),
                "--mechanism",
                "platform-threads",
                "--rounds",
                "1",
                "--max-concurrency",
                "1");
        assertThat(run.exit).as(run.toString()).isZero();
        // By the thread's own clock: how long it takes depends on what else the machine does.
        assertThat(run.advice.at("/profile/cpuNanos").asDouble())
                .as(run.toString())
                .isGreaterThan(3e6);
    }

    @Test
    void classOfTheWrongType_exits2AndNamesWhatIsOne() throws Exception {
        AdviseRun run = AdviseRun.of(folder, 0.15, "--task", "com.acme.Seats$Plain", "--classpath", classes.toString());
        assertThat(run.exit).as(run.toString()).isEqualTo(2);
        assertThat(run.err)
                .contains("Cannot take com.acme.Seats$Plain as a task: it is a class and no Runnable, Callable or"
                        + " greenlet.lab.advise.Workload. These are: com.acme.Seats.")
                .doesNotContain("\tat ");
        assertThat(folder.resolve("advice")).doesNotExist();
    }

    @Test
    void classThatIsNotThere_exits2AndNamesTheNearest() throws Exception {
        AdviseRun run = AdviseRun.of(folder, 0.15, "--task", "com.acme.Saets", "--classpath", classes.toString());
        assertThat(run.exit).as(run.toString()).isEqualTo(2);
        assertThat(run.err).contains("Cannot find class com.acme.Saets").contains("Is it com.acme.Seats");
        assertThat(folder.resolve("advice")).doesNotExist();
    }
}
