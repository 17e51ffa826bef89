package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.measure.Run;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.process.ProcessTree;
import greenlet.lab.scenario.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a real process, with real workers that hardly measure. */
@Timeout(180)
class CurveProcessTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    private Process start(String... arguments) throws IOException {
        List<String> curve = new ArrayList<>(List.of("curve"));
        curve.addAll(List.of(arguments));
        List<String> flags = List.of("-D" + Pace.PROPERTY + "=0.02", "-XX:TieredStopAtLevel=1");
        return new ProcessBuilder(JvmCommand.of(flags, Main.class.getName(), curve))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said.txt"));
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> journal() throws IOException {
        return CutOff.journal(folder.resolve("out"));
    }

    /** Killed at once after its first point; gone on; complete, and the first point is the one that was measured before. */
    @Test
    void killedInTheMiddle_theSameCommandMeasuresOnlyWhatIsMissing() throws Exception {
        String[] command = {"connections", "--at", "4,8", "--mechanism", "greenlets", "--out", "out"};
        Process first = start(command);
        while (first.isAlive() && journal().size() < 3) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        ProcessTree.kill(first.toHandle());
        boolean _ = first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<String> kept = journal();
        assertThat(kept).as(said()).hasSizeBetween(3, 6);

        Process other = start("connections", "--at", "4,16", "--mechanism", "greenlets", "--out", "out");
        assertThat(end(other)).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("Cannot go on with the comparison in 'out': the plan of connections was ");

        assertThat(end(start(command))).as(said()).isZero();
        assertThat(said()).contains((kept.size() - 1) + " of 6 workers are done.");
        assertThat(journal()).isEmpty();
        Report report = ReportFile.read(folder.resolve("out").resolve(ReportFile.NAME));
        assertThat(report.partial()).isFalse();
        assertThat(report.runs()).allMatch(Run::isMeasured);
        List<Run> rates = report.runs().stream()
                .filter(run -> run.metric().equals("throughput"))
                .toList();
        assertThat(rates).extracting(run -> run.parameters().get("connections")).containsExactly("4", "8");
        assertThat(rates).extracting(run -> run.samples().size()).containsExactly(6, 6);
        assertThat(kept.get(1)).contains(rates.getFirst().samples().getFirst().toString());
        assertThat(report.runs()).extracting(Run::metric).contains("p99", "memory", "gc", "jit", "warm-up", "cpu");
        assertThat(report.jvmFlags())
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.flags())
                        .contains("-XX:ActiveProcessorCount=1", "-D" + Pace.PROPERTY + "=0.02"));
        assertThat(Schemas.reportViolations(
                        Files.readString(folder.resolve("out").resolve(ReportFile.NAME))))
                .isEmpty();
        assertThat(folder.resolve("out/report.html")).content().contains("id=\"curve-connections-p99\"");
    }

    /** Ctrl-C ends the workers and leaves a partial report; the journal stays for --resume, which finds the folder by itself. */
    @Test
    void ctrlC_leavesAPartialReportAndResumeGoesOnThere() throws Exception {
        Path latest = folder.resolve("greenlet-report/latest");
        Process first = start("connections", "--at", "4", "--mechanism", "greenlets");
        CutOff.awaitWorkers(1, first, folder);
        List<ProcessHandle> workers = first.descendants().toList();
        CutOff.interrupt(first);
        assertThat(end(first)).as(said()).isEqualTo(130);
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
        assertThat(ReportFile.read(latest.resolve(ReportFile.NAME)).partial()).isTrue();
        int kept = CutOff.workers(folder).size();

        Process second = start("connections", "--at", "4", "--mechanism", "greenlets", "--resume");
        assertThat(end(second)).as(said()).isZero();
        assertThat(said()).contains(kept + " of 3 workers are done.");
        assertThat(CutOff.workers(folder)).isEmpty();
        Report report = ReportFile.read(latest.resolve(ReportFile.NAME));
        assertThat(report.partial()).isFalse();
        assertThat(report.runs()).isNotEmpty().allMatch(Run::isMeasured);
    }

    @Test
    void cpuShare_atBothEnds_requestsComputeWhatIsAsked() throws Exception {
        Process process = start("cpu-share", "--at", "0,100", "--mechanism", "greenlets-per-core", "--out", "out");
        assertThat(end(process)).as(said()).isZero();
        Report report = ReportFile.read(folder.resolve("out").resolve(ReportFile.NAME));
        assertThat(report.runs()).as(said()).allMatch(Run::isMeasured);
        // A number of steps, not a time: another process at work makes it more, nothing makes it half.
        assertThat(cpu(report, "100")).isGreaterThan(500_000);
        assertThat(report.runs()).extracting(Run::mechanism).containsOnly("greenlets-per-core");
    }

    private static double cpu(Report report, String share) {
        return report.runs().stream()
                .filter(run -> run.metric().equals("cpu")
                        && share.equals(run.parameters().get("cpuPercent")))
                .findFirst()
                .orElseThrow()
                .median();
    }

    @Test
    void usage_pointsOfTwoCurves_andNothingToGoOn_areRefused() throws Exception {
        assertThat(end(start("--at", "10"))).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("Cannot measure 2 curves at the points [10]: each has an axis of its own.");
        assertThat(end(start("connections", "--mechanism", "greenlets-per-core")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(said())
                .contains("Unknown mechanism of curves 'greenlets-per-core'. Known are: greenlets, virtual-threads,");
        assertThat(end(start("--resume"))).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains("Cannot go on in 'greenlet-report': no comparison was cut off there.");
    }
}
