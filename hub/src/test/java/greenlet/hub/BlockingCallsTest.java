package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls that block the operating system's thread, and that the JDK announces: another carrier takes over. The rows of the first table in
 * docs/blocking-calls.md.
 */
@Timeout(120)
class BlockingCallsTest {
    /** So often a call is made, at most, until it stalls its sibling for a short time only. */
    private static final int ATTEMPTS = 20;

    @TempDir
    private Path directory;

    /** A call with a sibling. */
    @FunctionalInterface
    private interface Attempt {
        Sibling.Stall make() throws Exception;
    }

    /** One call may have met a busy machine, not every one of them: what the hub itself does to a sibling shows in the best. */
    private static void assertShortAtBest(Attempt attempt) throws Exception {
        List<Sibling.Stall> stalls = new ArrayList<>();
        do {
            stalls.add(attempt.make());
        } while (stalls.size() < ATTEMPTS && !isShort(stalls.getLast()));

        assertThat(stalls).anyMatch(BlockingCallsTest::isShort);
    }

    private static boolean isShort(Sibling.Stall stall) {
        return stall.nanos() < Sibling.SHORTEST.toNanos() / 2;
    }

    @Test
    void processOutput_nothingThereYet_letsOthersRun() throws Exception {
        Process cat = new ProcessBuilder("cat").start();

        Sibling.hasTurnsDuring(
                () -> assertThat(cat.getInputStream().read()).isEqualTo('x'), () -> writeLine(cat.getOutputStream()));
        cat.destroy();
    }

    @Test
    void processOutput_readAgainAndAgain_stallsOthersForAFractionOfTheCallAtOnce() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        assertShortAtBest(
                () -> Sibling.hasTurnsDuring(() -> cat.getInputStream().read(), () -> writeByte(cat)));
        cat.destroy();
    }

    private static void writeAll(Process process, int size) throws IOException {
        process.getOutputStream().write(new byte[size]);
        process.getOutputStream().flush();
    }

    private static void writeByte(Process process) throws IOException {
        process.getOutputStream().write('x');
        process.getOutputStream().flush();
    }

    @Test
    void processInput_pipeIsFull_letsOthersRun() throws Exception {
        int size = BlockingPrograms.MORE_THAN_A_PIPE;
        Process cat = new ProcessBuilder("cat").start();
        assertShortAtBest(() -> Sibling.hasTurnsDuring(
                () -> writeAll(cat, size),
                () -> assertThat(cat.getInputStream().readNBytes(size)).hasSize(size)));
        cat.destroy();
    }

    @Test
    void fileLock_heldByAnotherProcess_letsOthersRun() throws Exception {
        Path file = Files.createFile(directory.resolve("locked"));
        assertShortAtBest(() -> lockWhileHeld(file));
    }

    private static Sibling.Stall lockWhileHeld(Path file) throws Exception {
        Process holder = BlockingPrograms.start("hold-lock", file.toString());
        assertThat(firstLine(holder)).isEqualTo("locked");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return Sibling.hasTurnsDuring(() -> channel.lock().release(), () -> writeLine(holder.getOutputStream()));
        } finally {
            assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void systemIn_read_letsOthersRun() throws Exception {
        assertShortAtBest(() -> releasedThroughInput("read-system-in"));
    }

    @Test
    void systemIn_readLine_letsOthersRun() throws Exception {
        assertShortAtBest(() -> releasedThroughInput("read-line"));
    }

    private static Sibling.Stall releasedThroughInput(String name) throws Exception {
        Process program = BlockingPrograms.start(name);
        assertThat(firstLine(program)).isEqualTo("release");
        writeLine(program.getOutputStream());

        assertEndsWell(program);
        return measured(program.errorReader().lines());
    }

    private static void assertEndsWell(Process program) throws InterruptedException {
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
    }

    /** A program tells on its error stream what it measured; passed on to where the other tests tell it. */
    private static Sibling.Stall measured(Stream<String> lines) {
        List<String> stalls =
                lines.filter(Sibling.Stall::isTold).peek(System.err::println).toList();
        assertThat(stalls).hasSize(1);
        return Sibling.Stall.parse(stalls.getFirst());
    }

    @Test
    void systemOut_pipeIsFull_letsOthersRun() throws Exception {
        assertShortAtBest(BlockingCallsTest::printIntoAFullPipe);
    }

    private static Sibling.Stall printIntoAFullPipe() throws Exception {
        Process program = BlockingPrograms.start("print");
        Sibling.Stall stall;
        try (BufferedReader err = program.errorReader()) {
            stall = measured(err.lines().takeWhile(line -> !line.equals("release")));
        }
        program.getInputStream().readAllBytes();

        assertEndsWell(program);
        return stall;
    }

    /** glibc opens the file of host aliases in the middle of a look-up; here it is a FIFO that nobody writes to. */
    @Test
    void nameLookUp_resolverDoesNotAnswer_letsOthersRun() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertShortAtBest(() -> lookUp(fifo));
    }

    private static Sibling.Stall lookUp(Path fifo) throws Exception {
        ProcessBuilder builder = BlockingPrograms.builder("look-up");
        builder.environment().put("HOSTALIASES", fifo.toString());
        Process program = builder.start();

        assertThat(firstLine(program)).isEqualTo("release");
        assertEndsWell(program);
        return measured(program.errorReader().lines());
    }

    /** How long a disk takes cannot be chosen; that such a call is announced shows when every call hands over. */
    @Test
    void writingToDisk_handsOver() throws Exception {
        Path path = directory.resolve("file");
        try (Hub hub = Hub.builder().handOffAfter(Duration.ZERO).start();
                RandomAccessFile synchronous = new RandomAccessFile(path.toFile(), "rwd");
                FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            synchronous.setLength(8);
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 8);
            mapped.put(0, (byte) 1);

            assertThat(handOffs(hub, () -> synchronous.getFD().sync())).isEqualTo(1);
            assertThat(handOffs(hub, () -> synchronous.write(1))).isEqualTo(1);
            assertThat(handOffs(hub, () -> channel.force(true))).isEqualTo(1);
            assertThat(handOffs(hub, mapped::force)).isEqualTo(1);
        }
    }

    /** Most announced calls are short: a hand-over for each would cost more than it saves. */
    @Test
    void announcedCalls_shorterThanTheThreshold_areNotHandedOver() throws Exception {
        Path path = directory.resolve("file");
        try (Hub hub = Hub.builder().handOffAfter(Duration.ofHours(1)).start();
                RandomAccessFile synchronous = new RandomAccessFile(path.toFile(), "rwd")) {
            assertThat(handOffs(hub, () -> {
                        for (int i = 0; i < 200; i++) {
                            synchronous.write(i);
                        }
                    }))
                    .isZero();
            assertThat(hub.statistics().carriers()).isEqualTo(1);
        }
    }

    private static long handOffs(Hub hub, Sibling.Step call) throws Exception {
        long before = hub.statistics().handOffs();
        hub.spawn("call", call::run).get(60, TimeUnit.SECONDS);
        return hub.statistics().handOffs() - before;
    }

    @Test
    void hub_closedWhileACarrierIsAway_doesNotWaitForItAndLeavesNoCarrierAfterwards() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        Hub hub = Hub.builder().grace(Duration.ofMillis(50)).start();
        int[] inTheCall = {0};
        GreenThread<Integer> reader = hub.spawn(() -> {
            inTheCall[0] = 1;
            return cat.getInputStream().read();
        });
        hub.spawn(() -> assertThat(inTheCall[0]).isEqualTo(1)).join();

        CloseReport report = hub.close(Duration.ZERO);
        assertThat(report.abandoned()).extracting(CloseReport.Abandoned::name).containsExactly(reader.name());
        writeLine(cat.getOutputStream());

        assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo('x');
        while (hub.statistics().carriers() > 0) {
            Thread.onSpinWait();
        }
        cat.destroy();
    }

    @Test
    void carriers_afterManyCallsAtOnce_areFewAgain() throws Exception {
        int calls = 20;
        Process[] cats = new Process[calls];
        try (Hub hub = Hub.start()) {
            GreenThread<?>[] readers = new GreenThread<?>[calls];
            for (int i = 0; i < calls; i++) {
                Process cat = new ProcessBuilder("cat").start();
                cats[i] = cat;
                readers[i] = hub.spawn(() -> cat.getInputStream().read());
            }
            while (hub.statistics().handOffs() < calls) {
                Thread.onSpinWait();
            }
            assertThat(hub.statistics().carriers()).isEqualTo(calls + 1);
            for (Process cat : cats) {
                writeLine(cat.getOutputStream());
            }
            for (GreenThread<?> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo((int) 'x');
            }
            while (hub.statistics().carriers() > 5) {
                Thread.onSpinWait();
            }
        }
        for (Process cat : cats) {
            cat.destroy();
        }
    }

    private static void writeLine(OutputStream stream) throws IOException {
        stream.write("x\n".getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
