package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load rises until a limit is met, and what was measured below it is the answer. */
class AdviseLimitsTest {
    private static final double PACE = 0.1;

    @TempDir
    Path folder;

    /** To start a JVM takes longer than the limit, so that it is met before the first point, whatever the machine. */
    @Test
    void maxTime_metBeforeTheLoadRises_answersFromTheOnePointThatThereIsAndSaysSo() throws Exception {
        AdviseRun run = AdviseRun.of(
                folder,
                PACE,
                "--connections",
                "2",
                "--wait-ms",
                "1",
                "--mechanism",
                "virtual-threads",
                "--max-time",
                "1ms",
                "--rounds",
                "2");
        assertThat(run.exit).as(run.toString()).isZero();
        var curve = run.curve("virtual-threads");
        assertThat(curve.path("status").asString()).isEqualTo("MEASURED");
        assertThat(curve.path("reason").asString()).isEqualTo("the time was up");
        assertThat(curve.path("points").size()).as(run.toString()).isEqualTo(1);
        assertThat(curve.path("best").size()).isEqualTo(1);
        assertThat(run.choice()).isEqualTo("virtual-threads");
        assertThat(run.advice.at("/advice/confidence/level").asString()).isEqualTo("LOW");
        assertThat(run.advice.at("/advice/confidence/reasons").toString())
                .contains("the time was up before every load was tried: allow more with --max-time");
        assertThat(run.advice.path("partial").asString())
                .isEqualTo("the time was up before every decisive load was measured 2 times");
    }

    /**
     * Each caller holds 24 MiB: of 128 MiB four leave too little for what the JVM itself holds, and the eight that warm up do not fit the heap.
     */
    @Test
    void maxMemory_metUnderRisingLoad_answersWithWhatFits() throws Exception {
        Path source = Files.writeString(folder.resolve("MyTask.java"), """
            public class MyTask implements greenlet.lab.advise.Workload {
                private byte[][] held = {};
                public void open(int callers) {
                    held = new byte[callers * 24][];
                    for (int i = 0; i < held.length; i++) held[i] = new byte[1 << 20];
                }
                public void call(int caller) throws Exception { Thread.sleep(2); }
                public void close() { held = new byte[0][]; }
            }
            """);
        AdviseRun run = AdviseRun.of(
                folder,
                PACE,
                source.toString(),
                "--mechanism",
                "platform-threads",
                "--max-memory",
                "128M",
                "--max-concurrency",
                "64",
                "--rounds",
                "1");
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.problems()).isEmpty();
        assertThat(run.curve("platform-threads").path("reason").asString())
                .isEqualTo("met the memory limit at 4 at once");
        assertThat(run.curve("platform-threads").path("points").size())
                .as(run.toString())
                .isEqualTo(3);
        assertThat(run.concurrency()).isBetween(1, 2);
        assertThat(run.sentence()).startsWith("Take platform threads");
        assertThat(run.curve("platform-threads").at("/points/2/memoryBytes").asLong())
                .isGreaterThan(128L << 20);
        assertThat(run.curve("platform-threads").at("/best/0/memoryBytes").asLong())
                .isBetween(24L << 20, 128L << 20);
    }
}
