package greenlet.lab.cli;

import greenlet.lab.advise.Advising;
import greenlet.lab.advise.Demand;
import greenlet.lab.advise.Findings;
import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Subject;
import greenlet.lab.advise.Way;
import greenlet.lab.advise.report.AdviceFile;
import greenlet.lab.advise.report.AdvicePage;
import greenlet.lab.advise.report.AdviceReport;
import greenlet.lab.advise.report.AdviceText;
import greenlet.lab.fork.Stop;
import greenlet.lab.measure.MachineFacts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code greenlet advise}: measures one kind of work under each mechanism and says which to take. */
@Command(
        name = "advise",
        description =
                "Measures your kind of work under each mechanism and says which to take: from numbers, from a class,"
                        + " or from a Java file.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Try: greenlet advise --connections 10000 --wait-ms 20 --cpu-ms 0.2 --memory 512M --p99 50ms",
            "     greenlet advise --task com.acme.MyTask --classpath target/classes",
            "     greenlet advise MyTask.java",
            "     greenlet advise --example http-client"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:advice was given, also that there is no difference or that nothing fits",
            "2:wrong usage, or no such task; nothing was measured",
            "3:the task threw, hung, exited, leaked threads, flooded its output or needs arguments; what was measured"
                    + " is kept",
            "130:ended by Ctrl-C; what was measured is kept"
        })
final class Advise implements Callable<Integer> {
    private static final String FOLDER = "greenlet-advice";
    private static final String TEXT = "advice.txt";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AdviseSubject subject = new AdviseSubject();

    @Option(
            names = {"--memory", "--max-memory"},
            paramLabel = "SIZE",
            converter = AmountConverters.Memory.class,
            description = "The most memory that the program may hold, such as 512M.")
    private @Nullable Long memory;

    @Option(
            names = "--p99",
            paramLabel = "TIME",
            converter = AmountConverters.Time.class,
            description = "No more than one in a hundred may take longer, such as 50ms.")
    private @Nullable Duration p99;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            converter = AmountConverters.Time.class,
            description = "How long measuring may take. Without it: 2 minutes.")
    private Duration maxTime = Duration.ofMinutes(2);

    @Option(
            names = "--call-limit",
            paramLabel = "TIME",
            converter = AmountConverters.Time.class,
            description = "A call that takes longer hangs. Without it: 10 s.")
    private Duration callLimit = Duration.ofSeconds(10);

    @Option(names = "--max-concurrency", paramLabel = "N", description = "The most calls at once. Without it: 10,000.")
    private int maxConcurrency = 10_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often the decisive figures are measured. Without it: 3 times.")
    private int rounds = 3;

    @Option(
            names = "--mechanism",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Only among these: greenlets, greenlets-per-core, virtual-threads, platform-threads, processes.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Put advice.txt, advice.json and advice.html there, not into " + FOLDER + "/<time>.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(names = "--quiet", description = "Print neither progress nor text: only the files.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Demand demand = demand();
        try (AdviseSubject.Opened opened = subject.open()) {
            OutFolder folder = out == null
                    ? OutFolder.timed(Path.of(FOLDER), LocalDateTime.now(ZoneId.systemDefault()))
                    : OutFolder.given(out);
            return advise(opened.subject(), demand, folder);
        }
    }

    private int advise(Subject chosen, Demand demand, OutFolder folder) throws IOException, InterruptedException {
        Stop stop = new Stop();
        // From here on Ctrl-C ends the workers, and the JVM only when the files are written.
        try (Interrupt _ = Interrupt.install(stop)) {
            Consumer<String> tell = quiet || json ? _ -> {} : text -> System.err.println("Measuring " + text);
            int cores = Runtime.getRuntime().availableProcessors();
            Findings findings = new Advising(chosen, demand, cores, tell, stop).run();
            AdviceReport report = AdviceReport.of(findings, MachineFacts.gather(new TreeMap<>()), Instant.now());
            String text = AdviceText.render(report, Terminal.current().width());
            AdviceFile.write(AdviceFile.toJson(report), folder.file(AdviceFile.NAME));
            AdviceFile.write(text, folder.file(TEXT));
            AdviceFile.write(AdvicePage.render(report), folder.file(AdvicePage.NAME));
            folder.publish();
            if (!quiet) {
                say(json ? AdviceFile.toJson(report).strip() : text + "\nFiles: " + folder.path());
            }
            return misbehaved(findings) ? ExitCode.PARTLY_FAILED : ExitCode.OK;
        }
    }

    private static boolean misbehaved(Findings findings) {
        return findings.problems().stream().anyMatch(problem -> problem.kind() != Problem.Kind.RACES);
    }

    private Demand demand() {
        if (maxConcurrency < 1 || rounds < 1 || callLimit.isZero() || maxTime.isZero()) {
            throw new Refusal("Cannot advise with --max-concurrency " + maxConcurrency + ", --rounds " + rounds
                    + ", --call-limit " + callLimit.toMillis() + "ms and --max-time " + maxTime.toMillis()
                    + "ms: none of them may be zero. Leave out what you have no opinion on.");
        }
        List<Way> ways = Choice.of("mechanism", mechanisms, Arrays.asList(Way.values()), Way::label);
        return new Demand(
                memory,
                p99 == null ? null : p99.toNanos(),
                maxTime,
                callLimit,
                maxConcurrency,
                rounds,
                Set.copyOf(ways));
    }

    private void say(String text) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(text);
        writer.flush();
    }
}
