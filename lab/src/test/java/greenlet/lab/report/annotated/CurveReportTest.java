package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.article.Post;
import greenlet.lab.curve.CpuShareCurve;
import greenlet.lab.curve.Crossings;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.JvmFlags;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted curves in the three reports. */
class CurveReportTest {
    @TempDir
    Path folder;

    private static Run run(String mechanism, String metric, String unit, long at, double value) {
        return Run.measured(
                "connections",
                mechanism,
                metric,
                unit,
                Size.of("connections", at).parameters(),
                List.of(value * 0.98, value, value * 1.02));
    }

    private static JvmFlags flags(String scenario, String own) {
        return new JvmFlags(scenario, new TreeMap<>(), List.of("-XX:+UseSerialGC", own));
    }

    private static Report planted() {
        List<Run> runs = new ArrayList<>();
        for (long at : new long[] {10, 100, 1000}) {
            runs.add(run("greenlets", "throughput", "1/s", at, 1000));
            runs.add(run("platform-threads", "throughput", "1/s", at, at == 1000 ? 500 : 2000));
            runs.add(run("greenlets", "memory", "bytes", at, 4096.0 * at));
            runs.add(run("platform-threads", "memory", "bytes", at, 65536.0 * at));
        }
        runs.add(Run.without(
                "connections",
                "platform-threads",
                "throughput",
                "1/s",
                Size.of("connections", 10_000).parameters(),
                Status.NOT_APPLICABLE,
                "<too many> threads"));
        Report empty = PlantedComparison.jvmOnly(Budget.QUICK, false);
        return new Report(
                Report.SCHEMA,
                empty.createdAt(),
                empty.updatedAt(),
                empty.budget(),
                false,
                empty.machine(),
                runs,
                Crossings.of(runs),
                List.of(flags("connections", "-XX:ActiveProcessorCount=1"), flags("cpu-share", "-Dplanted=<script>")));
    }

    @Test
    void plantedCurves_areInThePage_asSentencesAndOnePlotForEachMetric() throws Exception {
        Report report = planted();
        AnnotatedReports.Written written = AnnotatedReports.write(report, Post.standard(), folder);
        String html = Files.readString(folder.resolve(AnnotatedReports.HTML));
        assertThat(html)
                .contains("<li class=\"crosses\">Greenlets overtake platform threads in throughput at about ")
                .contains("(between 100 and 1,000).</li>")
                .contains("id=\"curve-connections-throughput\"", "id=\"curve-connections-memory\"")
                .contains("<title>greenlets, 100 connections: 1.00 k/s (0.98–1.02), 3 samples</title>")
                .contains("Not measured: platform threads at 10000: &lt;too many&gt; threads")
                .contains(".m-greenlets{--m:")
                .contains("<dt>Flags of all workers</dt><dd>-XX:+UseSerialGC</dd>")
                .contains("<dt>Flags of connections</dt><dd>-XX:ActiveProcessorCount=1</dd>")
                .contains("<dt>Flags of cpu-share</dt><dd>-Dplanted=&lt;script&gt;</dd>")
                .doesNotContain("<script", "<article", "So choose", "No figures of Python");
        String markdown = Files.readString(folder.resolve(AnnotatedReports.MARKDOWN));
        assertThat(markdown)
                .contains("- greenlets overtake platform threads in throughput at about ")
                .contains("| open connections | greenlets | platform threads |")
                .contains("| 100 | 1 k/s (980 /s to 1.02 k/s) | 2 k/s (1.96 k/s to 2.04 k/s) |")
                .contains("| Flags of connections | -XX:ActiveProcessorCount=1 |")
                .startsWith("# Greenlets and threads: where they cross")
                .doesNotContain("So choose", "Verdict");
        if (written.problem().isEmpty()) {
            assertThat(folder.resolve("plots/curve-connections-throughput.png")).isNotEmptyFile();
        }
    }

    /** What the issue asks to be reported of a curve: each metric that a worker gives has its plot and its table. */
    @Test
    void everyMetricOfACurve_hasAPlotAndATable_timesOfCollectorAndCompilerAndContextSwitchesToo() throws Exception {
        CpuShareCurve curve = new CpuShareCurve();
        List<Run> runs = new ArrayList<>();
        for (long at : new long[] {0, 100}) {
            for (Metric metric : curve.metrics(Size.ONLY)) {
                for (String mechanism : List.of("greenlets", "greenlets-per-core")) {
                    runs.add(Run.measured(
                            curve.name(),
                            mechanism,
                            metric.name(),
                            metric.unit(),
                            Size.of("cpuPercent", at).parameters(),
                            List.of(metric.name().equals("gc") ? 0.0 : 1.0 + at)));
                }
            }
        }
        Report planted = planted();
        Report report = new Report(
                Report.SCHEMA,
                planted.createdAt(),
                planted.updatedAt(),
                Budget.THOROUGH,
                false,
                planted.machine(),
                runs);
        AnnotatedReports.write(report, Post.standard(), folder);
        String html = Files.readString(folder.resolve(AnnotatedReports.HTML));
        String markdown = Files.readString(folder.resolve(AnnotatedReports.MARKDOWN));
        assertThat(curve.metrics(Size.ONLY)).extracting(Metric::name).contains("cpu", "gc", "jit", "memory", "warm-up");
        for (Metric metric : curve.metrics(Size.ONLY)) {
            assertThat(html).contains("id=\"curve-cpu-share-" + metric.name() + "\"");
            assertThat(markdown).contains("### " + metric.about());
        }
        assertThat(html)
                .contains("<title>greenlets per core, 100 % of computing: ", ".m-greenlets-per-core{--m:#222222}");
    }

    @Test
    void crossings_surviveTheFile() throws Exception {
        Report report = planted();
        Report read = ReportFile.fromJson(ReportFile.toJson(report), "test");
        assertThat(read.crossings()).hasSize(2).isEqualTo(report.crossings());
        String old = ReportFile.toJson(report).replaceAll("(?s),\\s*\"crossings\" : \\[.*\\]\\s*\\}\\s*$", "}");
        assertThat(ReportFile.fromJson(old, "test").crossings()).isEmpty();
    }
}
