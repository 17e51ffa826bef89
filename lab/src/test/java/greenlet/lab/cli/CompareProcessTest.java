package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a real process, with real workers that hardly measure: what is looked at is the machinery. */
class CompareProcessTest {
    private static final String FOUR = "create,switch,memory,requests";
    private static final String MECHANISMS = "greenlets,virtual-threads,platform-threads,processes";
    private static final int PATIENCE_SECONDS = 180;

    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        List<String> compare = new ArrayList<>(List.of("compare"));
        compare.addAll(List.of(arguments));
        return new ProcessBuilder(JvmCommand.of(List.of("-D" + Pace.PROPERTY + "=0.02"), Main.class.getName(), compare))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Report onlyReport() throws IOException {
        return ReportFile.read(folder.resolve("greenlet-report/latest").resolve(ReportFile.NAME));
    }

    private static void assertFollowsTheSchema(Path file) throws IOException {
        String report = Files.readString(file);
        assertThat(Schemas.reportViolations(report)).isEmpty();
        assertThat(Schemas.reportViolations(report.replaceFirst("\"budget\" : \"QUICK\"", "\"budget\" : \"SLOW\"")))
                .isNotEmpty();
    }

    @Test
    void compare_fourScenariosOnAllMechanisms_measuresEveryCell() throws Exception {
        Process process = start("--quick", "--scenario", FOUR, "--mechanism", MECHANISMS);
        String progress = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(end(process)).as(progress).isZero();

        Report report = onlyReport();
        assertThat(report.partial()).isFalse();
        assertThat(report.runs())
                .allSatisfy(run -> assertThat(run.status()).as("%s", run).isEqualTo(Status.MEASURED));
        assertThat(report.runs().stream()
                        .map(run -> run.scenario() + "/" + run.mechanism())
                        .distinct())
                .hasSize(4 * 4);
        assertThat(report.runs().stream().map(Run::median))
                .allSatisfy(median -> assertThat(median).isNotNegative());
        assertFollowsTheSchema(folder.resolve("greenlet-report/latest").resolve(ReportFile.NAME));
        assertThat(progress).contains("switch, round 1 of 1").doesNotContain("\u001b");
        assertThat(Files.readString(folder.resolve("out.txt")))
                .contains("at most 1:30")
                .contains("best")
                .contains("Report: greenlet-report");
    }

    @Test
    void compare_againstAnEarlierRun_saysWhatHasChangedAndHowSureThatIs() throws Exception {
        Process first =
                start("--quick", "--quiet", "--scenario", "switch", "--mechanism", "greenlets", "--out", "first");
        assertThat(end(first)).isZero();
        Report found = ReportFile.read(folder.resolve("first").resolve(ReportFile.NAME));
        ReportFile.write(
                new Report(
                        found.schema(),
                        found.createdAt(),
                        found.updatedAt(),
                        Budget.DEFAULT,
                        found.partial(),
                        found.machine(),
                        found.runs().stream().map(CompareProcessTest::planted).toList()),
                folder.resolve("old.json"));

        Process second = start(
                "--quick",
                "--scenario",
                "switch",
                "--mechanism",
                "greenlets",
                "--out",
                "second",
                "--against",
                "old.json");
        assertThat(end(second)).isZero();
        assertThat(Files.readString(folder.resolve("out.txt")))
                .contains(
                        "Against the report of "
                                + found.createdAt().toString().substring(0, 16).replace('T', ' ') + " UTC:",
                        "Note: budget was DEFAULT and is QUICK.")
                .containsPattern("better switch round-trip on greenlets: .* -> .* \\(x0\\.00, p = 0\\.00\\d\\)")
                .contains("of 3 figures have not changed")
                .doesNotContain("switch cpu on greenlets:");
    }

    /** A thousand times slower, and from nothing to a second of CPU time. */
    private static Run planted(Run run) {
        return switch (run.metric()) {
            case "round-trip" -> as(run, Collections.nCopies(9, run.median() * 1000));
            case "cpu" -> as(run, List.of(0.0, 1.0, 1e9));
            default -> run;
        };
    }

    private static Run as(Run run, List<Double> samples) {
        return Run.measured(run.scenario(), run.mechanism(), run.metric(), run.unit(), run.parameters(), samples);
    }

    @Test
    void compare_interrupted_endsItsWorkersAndLeavesAPartialReport() throws Exception {
        Process process = start("--thorough", "--scenario", "create", "--mechanism", "greenlets,platform-threads");
        try (BufferedReader progress = process.errorReader()) {
            assertThat(progress.readLine()).contains("create");
            List<ProcessHandle> workers = awaitWorker(process);
            CutOff.interrupt(process);
            assertThat(end(process)).isEqualTo(130);
            assertThat(workers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
        Report report = onlyReport();
        assertThat(report.partial()).isTrue();
        assertThat(report.runs()).anySatisfy(run -> assertThat(run.status()).isEqualTo(Status.SKIPPED));
        assertThat(report.runs()).noneSatisfy(run -> assertThat(run.status()).isEqualTo(Status.FAILED));
    }

    /** What was measured before Ctrl-C is kept, and not measured again. */
    @Test
    void compare_resumedAfterCtrlC_measuresOnlyWhatIsMissing() throws Exception {
        String[] command = {"--thorough", "--scenario", "switch", "--mechanism", "greenlets"};
        Process first = start(command);
        first.getErrorStream().close();
        CutOff.awaitWorkers(2, first, folder);
        CutOff.interrupt(first);
        assertThat(end(first)).isEqualTo(130);
        assertThat(onlyReport().partial()).isTrue();
        List<String> kept = CutOff.workers(folder);

        Process second =
                start(Stream.concat(Stream.of(command), Stream.of("--resume")).toArray(String[]::new));
        String progress = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(end(second)).as(progress).isZero();
        assertThat(Files.readString(folder.resolve("out.txt"))).contains(kept.size() + " of 7 workers are done.");
        assertThat(CutOff.workers(folder)).isEmpty();
        Report report = onlyReport();
        assertThat(report.partial()).isFalse();
        assertThat(report.runs()).isNotEmpty().allMatch(Run::isMeasured);
        assertThat(kept.getFirst())
                .contains(report.runs().getFirst().samples().getFirst().toString());
    }

    private static List<ProcessHandle> awaitWorker(Process process) {
        while (process.isAlive()) {
            try (Stream<ProcessHandle> children = process.descendants()) {
                List<ProcessHandle> found = children.toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
            Thread.onSpinWait();
        }
        return List.of();
    }
}
