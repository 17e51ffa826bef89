package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The answer, and its reason, on the three tasks of {@code examples/advise}, which are written as a user would; {@code examples/advise/check} judges the
 * figures. Asked for here is only what follows from the nature of each task, whatever else the machine does.
 */
class AdviseByHandTest {
    private static final AdviseSize SIZE = AdviseSize.CHOSEN;
    private static final Path TASKS = Path.of(System.getProperty("greenlet.root", ".."), "examples", "advise");

    /** As many as a pool of platform threads is the simplest for. */
    private static final int A_POOL_OF_THREADS = 200;

    @TempDir
    Path folder;

    private AdviseRun advise(List<String> task, int most, String mechanisms, Map<String, String> environment)
            throws Exception {
        List<String> arguments = new ArrayList<>(task);
        arguments.addAll(SIZE.options(most, mechanisms));
        arguments.addAll(List.of("--max-time", "10m"));
        AdviseRun run = AdviseRun.inItsOwnJvm(folder, SIZE.pace, environment, arguments);
        assertThat(run.exit).as(run.toString()).isZero();
        assertThat(run.problems()).as(run.toString()).isEmpty();
        return run;
    }

    private static double blocked(AdviseRun run) {
        return run.advice.at("/profile/blockedShare").asDouble();
    }

    /** The names of the figures that decided. */
    private static List<String> grounds(AdviseRun run) {
        List<String> names = new ArrayList<>();
        for (JsonNode figure : run.advice.at("/advice/figures")) {
            if (figure.path("decides").asBoolean()) {
                names.add(figure.path("name").asString());
            }
        }
        return names;
    }

    /** A class, as a user's build leaves it, and the libraries that it needs. */
    private List<String> compiled(String name, String... libraries) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Arrays.stream(libraries).anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", classes.toString(), "-cp", path, source(name)))
                .isZero();
        return List.of("--task", name, "--classpath", classes + File.pathSeparator + path);
    }

    private static String source(String name) {
        return TASKS.resolve(name + ".java").toString();
    }

    /** It waits for 15 ms and parses some kilobytes: many at once, on what a waiting call is light for. */
    @Test
    @EnabledIfSystemProperty(named = "greenlet.proofs", matches = "ci|thorough")
    void orders_waitForAService_manyAtOnceOnALightMechanism() throws Exception {
        Process service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), source("OrderService"), "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader heard = service.inputReader()) {
            String url = "http://127.0.0.1:" + heard.readLine() + "/orders";
            AdviseRun run = advise(
                    compiled("Orders", "jackson-"),
                    512,
                    "greenlets,virtual-threads,platform-threads,processes",
                    Map.of("ORDERS_URL", url));

            assertThat(blocked(run)).as(run.toString()).isGreaterThan(0.5);
            assertThat(run.curve("processes").path("reason").asString()).contains("JVMs to keep one core busy");
            assertThat(run.concurrency()).as(run.toString()).isGreaterThanOrEqualTo(8);
            assertThat(run.advice.path("character").toString()).contains("right everywhere: the sum over the results");
            if (run.choice().equals("platform-threads")) {
                // Only where so few fill the machine that a pool of threads is the simplest, and others do as well.
                assertThat(run.concurrency()).as(run.toString()).isLessThanOrEqualTo(A_POOL_OF_THREADS);
                assertThat(run.sentence()).as(run.toString()).containsAnyOf("No difference that counts", "do as well");
            }
        } finally {
            service.destroyForcibly().waitFor();
        }
    }

    /** It only computes: what has both cores does more than one hub, for that reason. Where it says otherwise, it says that others kept the cores busy. */
    @Test
    @EnabledIfSystemProperty(named = "greenlet.proofs", matches = "ci|thorough")
    void thumbnails_compute_fewAtOnceAndOnEveryCore() throws Exception {
        AdviseRun run = advise(compiled("Thumbnails"), 8, "greenlets,platform-threads", Map.of());

        assertThat(blocked(run)).as(run.toString()).isLessThan(0.5);
        assertThat(run.choice()).as(run.toString()).isNotEmpty().isNotEqualTo("greenlets");
        if (!run.advice.at("/advice/confidence/reasons").toString().contains("the machine was busy")) {
            assertThat(grounds(run)).as(run.toString()).contains("throughput");
        }
        assertThat(run.advice.path("character").toString()).contains("right everywhere: the sum over the results");
    }

    /** Nothing can come between its look at a field and its change on one hub only. */
    @Test
    void reservations_raceWhereCallsRunInParallel_oneHub() throws Exception {
        AdviseRun run = advise(List.of(source("Reservations")), 32, "greenlets,platform-threads", Map.of());

        assertThat(run.curve("greenlets").path("races")).as(run.toString()).isEmpty();
        assertThat(run.choice()).as(run.toString()).isEqualTo("greenlets");
        assertThat(grounds(run)).as(run.toString()).contains("result");
        assertThat(run.sentence())
                .startsWith("Take greenlets on one hub")
                .contains("The code as it is races on ")
                .containsAnyOf("booked", "sold");
    }
}
