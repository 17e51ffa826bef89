package greenlet.lab.cli;

import greenlet.lab.article.Post;
import greenlet.lab.fork.ClassArchive;
import greenlet.lab.fork.Comparison;
import greenlet.lab.fork.Stop;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.MachineFacts;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.mechanism.python.PythonInUse;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.report.Changes;
import greenlet.lab.report.Overview;
import greenlet.lab.report.TerminalTable;
import greenlet.lab.report.Wrapped;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code greenlet compare}: measures the mechanisms against each other and leaves a report. */
@Command(
        name = "compare",
        description = "Measures greenlets against virtual threads, platform threads and processes on this machine,"
                + " and Python's own beside them.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was measured",
            "2:wrong usage, nothing was measured",
            "3:some cell failed; the report is written",
            "130:ended by Ctrl-C; the report is written and marked partial"
        })
final class Compare implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup
    private @Nullable Time time;

    /** How long it may take; at most one of the two. */
    static final class Time {
        @Option(names = "--quick", description = "At most 90 seconds: one size of each scenario, indicative figures.")
        private boolean quick;

        @Option(names = "--thorough", description = "At most 40 minutes. Without either: at most 6 minutes.")
        private boolean thorough;

        Budget budget() {
            return quick ? Budget.QUICK : thorough ? Budget.THOROUGH : Budget.DEFAULT;
        }
    }

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "Only these scenarios, separated by commas.")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--mechanism",
            split = ",",
            paramLabel = "NAME",
            description = "Only these mechanisms, separated by commas.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--python",
            paramLabel = "PATH",
            description = "The Python that measures the Python columns; it needs greenlet and gevent."
                    + " Without it: the first one found that has both.")
    private @Nullable Path python;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Put the report there, not into greenlet-report/<time>. It must be new, empty, or hold a report.")
    private @Nullable Path out;

    @Option(
            names = "--article",
            paramLabel = "FILE.md",
            description = "Annotate this post: Markdown with front matter. Without it: the one within the program.")
    private @Nullable Path article;

    @Option(
            names = "--against",
            paramLabel = "OLD.json",
            description = "Say what has changed since an earlier report.json.")
    private @Nullable Path against;

    @Option(
            names = "--video",
            paramLabel = "FILE",
            description = "Own footage for the scenario video: Y4M (8 bits, 4:2:0) or MP4 with H.264.")
    private @Nullable Path video;

    @Option(names = "--details", description = "Print every figure with its interval, not the overview.")
    private boolean details;

    @Option(names = "--quiet", description = "No progress and no table: only the report.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Scenario> chosenScenarios = Choice.of("scenario", scenarios, Scenarios.all(), Scenario::name);
        Available available = available();
        Optional<Report> old = Earlier.read(against);
        Post post = Annotating.post(article);
        OwnFootage.use(video);
        Budget budget = time == null ? Budget.DEFAULT : time.budget();
        Plan plan = Planner.plan(chosenScenarios, available.mechanisms(), budget);
        OutFolder folder = out == null
                ? OutFolder.timed(Path.of(OutFolder.DEFAULT), LocalDateTime.now(ZoneId.systemDefault()))
                : OutFolder.given(out);
        Terminal terminal = Terminal.current();
        if (!quiet) {
            available.reasons().forEach(this::say);
            say(wrapped(PlanText.of(plan), terminal));
        }
        Stop stop = new Stop();
        // From here on Ctrl-C ends the workers at once, and the JVM only when the report is written.
        try (Interrupt _ = Interrupt.install(stop)) {
            // Before the workers: afterwards the load would be their own.
            Machine machine = MachineFacts.gather(PythonInUse.facts());
            prepareWorkers(plan, stop);
            Instant started = Instant.now();
            Comparison.Findings findings = new Comparison(plan, Watchers.of(terminal, quiet, System.err), stop).run();
            Report report = report(machine, plan, findings, Annotating.firstRun(folder, started));
            ReportFile.write(report, folder.file(ReportFile.NAME));
            Optional<String> problem = Annotating.write(report, post, folder);
            folder.publish();
            if (!quiet) {
                say(
                        details
                                ? new TerminalTable(terminal.width(), terminal.hasColour()).render(report)
                                : new Overview(terminal.width(), terminal.hasColour()).render(report));
                say(Advice.of(report, terminal.width()));
                old.ifPresent(before -> say(Changes.between(before, report).text()));
                problem.ifPresent(this::say);
                say("Report: " + folder.path());
            }
            return findings.failed() ? ExitCode.PARTLY_FAILED : ExitCode.OK;
        }
    }

    /** Once after each build; see {@link ClassArchive}. */
    private void prepareWorkers(Plan plan, Stop stop) throws InterruptedException {
        if (!ClassArchive.use() && ClassArchive.isWorthMaking(plan.workers())) {
            if (!quiet) {
                say("Preparing the workers, once after each build ...");
            }
            ClassArchive.make(stop);
            boolean _ = ClassArchive.use();
        }
    }

    /** What this machine lacks is left out with a line that says what to install, unless the user named it: then its cells say so. */
    private Available available() {
        List<Mechanism> chosen = Choice.of("mechanism", mechanisms, Mechanisms.all(), Mechanism::name);
        Path named = python;
        if (named != null) {
            PythonInUse.name(named);
            PythonInUse.missing().ifPresent(problem -> {
                throw new Refusal(problem);
            });
        }
        return mechanisms.isEmpty() ? Available.of(chosen) : Available.all(chosen);
    }

    private static Report report(Machine machine, Plan plan, Comparison.Findings findings, Instant started) {
        return new Report(
                Report.SCHEMA, started, Instant.now(), plan.budget(), findings.partial(), machine, findings.runs());
    }

    private static String wrapped(String text, Terminal terminal) {
        return text.lines()
                .map(line -> Wrapped.lines("", line, terminal.width()))
                .collect(Collectors.joining());
    }

    private void say(String text) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(text);
        writer.flush();
    }
}
