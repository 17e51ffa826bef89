package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.postgres.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The direction of the advice on each example. The figures are those of a machine that does other things too, so that a test asks only for what
 * follows from the nature of the task.
 */
class AdviseExamplesTest {
    private static final AdviseSize SIZE = AdviseSize.CHOSEN;

    /** As many as a pool of platform threads is the simplest for. */
    private static final int A_POOL_OF_THREADS = 200;

    @TempDir
    Path folder;

    private AdviseRun advise(String example, int most, String mechanisms, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--example", example));
        arguments.addAll(SIZE.options(most, mechanisms));
        arguments.addAll(List.of(more));
        AdviseRun run = AdviseRun.of(folder, SIZE.pace, arguments.toArray(String[]::new));
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.advice.at("/advice/recipe/code").asString("")).isNotEmpty();
        return run;
    }

    private static double blocked(AdviseRun run) {
        return run.advice.at("/profile/blockedShare").asDouble();
    }

    /** In the size {@code ci} the next one says it all. */
    @Test
    @DisabledIfSystemProperty(named = "greenlet.proofs", matches = "ci")
    void httpClient_waits_soManyAtOnceAndNoProcesses() throws Exception {
        AdviseRun run = advise("http-client", SIZE.many, "greenlets,virtual-threads,processes");
        assertThat(blocked(run)).isGreaterThan(0.8);
        assertThat(run.concurrency()).isGreaterThanOrEqualTo(16);
        assertThat(run.curve("processes").path("status").asString()).isEqualTo("NOT_APPLICABLE");
        assertThat(run.curve("processes").path("reason").asString()).contains("JVMs to keep one core busy");
    }

    /**
     * Each call waits for 20 ms, so that hundreds at once are needed to fill two cores: more than a pool of threads is simplest for. From there on
     * platform threads would have to be clearly faster, smaller or sooner than all that is light, which nothing in a call that waits gives them. Only on
     * a machine that so few fill that a pool is as good may they be taken.
     */
    @Test
    @EnabledIfSystemProperty(named = "greenlet.proofs", matches = "ci|thorough")
    void httpClient_upToAThousandAtOnce_isForALightMechanism() throws Exception {
        AdviseRun run = advise(
                "http-client", 1024, "greenlets,virtual-threads,platform-threads,processes", "--max-time", "10m");
        assertThat(blocked(run)).isGreaterThan(0.8);
        assertThat(run.concurrency()).isGreaterThanOrEqualTo(16);
        assertThat(run.curve("platform-threads").path("status").asString()).isEqualTo("MEASURED");
        assertThat(run.curve("processes").path("status").asString()).isEqualTo("NOT_APPLICABLE");
        assertThat(run.choice())
                .as(run.toString())
                .isIn(
                        run.concurrency() > A_POOL_OF_THREADS
                                ? List.of("greenlets", "greenlets-per-core", "virtual-threads")
                                : List.of("greenlets", "greenlets-per-core", "virtual-threads", "platform-threads"));
    }

    @Test
    void echoServer_waits_soManyConnectionsAtOnce() throws Exception {
        AdviseRun run = advise("echo-server", SIZE.many, "greenlets,virtual-threads,processes");
        assertThat(blocked(run)).isGreaterThan(0.8);
        assertThat(run.concurrency()).isGreaterThanOrEqualTo(16);
        // At so few connections threads do as well as what is lighter; a JVM for each does not.
        assertThat(run.curve("processes").path("status").asString()).isEqualTo("NOT_APPLICABLE");
        assertThat(run.choice()).isNotEmpty().isNotEqualTo("processes");
    }

    /** As {@code matrix} is, at twice the cost. */
    @Test
    @EnabledIfSystemProperty(named = "greenlet.proofs", matches = "ci|thorough")
    void video_computes_soFewAtOnceAndNotOneHub() throws Exception {
        AdviseRun run = advise("video", 8, "greenlets,greenlets-per-core,platform-threads");
        assertThat(blocked(run)).isLessThan(0.6);
        assertThat(run.concurrency()).isLessThanOrEqualTo(8);
        assertThat(run.choice()).isNotEqualTo("greenlets");
        assertThat(run.advice.path("character").toString()).contains("does not cooperate");
    }

    @Test
    void matrix_computes_soFewAtOnceAndNotOneHub() throws Exception {
        AdviseRun run = advise("matrix", 8, "greenlets,greenlets-per-core,platform-threads");
        assertThat(blocked(run)).isLessThan(0.6);
        assertThat(run.choice()).isNotEqualTo("greenlets");
        assertThat(run.curve("platform-threads").path("races")).isEmpty();
    }

    @Test
    void jdbc_poolOfTwelve_soNoMoreAtOnceThanItServes() throws Exception {
        try (Postgres server = Postgres.start()) {
            AdviseRun run = advise(
                    "jdbc",
                    SIZE.many,
                    "greenlets,virtual-threads",
                    "--jdbc-url",
                    "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres?user=postgres");
            assertThat(blocked(run)).isGreaterThan(0.5);
            assertThat(run.concurrency()).as(run.toString()).isBetween(4, 32);
            // The pool is what limits, and so few threads are no burden: any mechanism will do but a JVM, with twelve
            // connections, for each caller.
            assertThat(run.choice())
                    .as(run.toString())
                    .isIn("platform-threads", "virtual-threads", "greenlets", "greenlets-per-core");
            // Where nothing speaks against any, the simplest of those measured is taken: a pool of threads as large as
            // the other pool.
            if (run.advice.at("/advice/outcome").asString().equals("NO_DIFFERENCE")) {
                assertThat(run.choice())
                        .isEqualTo(SIZE == AdviseSize.THOROUGH ? "platform-threads" : "virtual-threads");
            }
        }
    }

    @Test
    void mixed_waitsAndComputes_soMoreAtOnceThanCores() throws Exception {
        AdviseRun run = advise("mixed", 32, "greenlets,virtual-threads");
        assertThat(blocked(run)).isBetween(0.3, 0.98);
        assertThat(run.concurrency()).isGreaterThanOrEqualTo(4);
        if (SIZE != AdviseSize.DEFAULT) {
            // A millisecond of computing a call fills one core at a thousand calls a second: what has both cores does
            // twice that, so that one hub makes
            // no sense. Of the others each does: some ten callers are not too many for a pool of threads either.
            assertThat(run.choice())
                    .as(run.toString())
                    .isIn("platform-threads", "virtual-threads", "greenlets-per-core");
        }
    }
}
