package greenlet.lab.cli;

import greenlet.lab.article.Post;
import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.mechanism.python.PythonInUse;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.report.Wrapped;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

        @Option(
                names = "--thorough",
                description = "At most 40 minutes, with the curves of greenlet curve; can be cut off and go on."
                        + " Without either: at most 6 minutes.")
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
            names = "--resume",
            description = "Go on with the latest --thorough that was cut off; with --out DIR the same command does.")
    private boolean resume;

    @Option(
            names = "--article",
            paramLabel = "FILE.md",
            description = "Annotate this post: Markdown with front matter. Without it: the one within the program.")
    private @Nullable Path article;

    @Option(
            names = "--video",
            paramLabel = "FILE",
            description = "Own footage for the scenario video: Y4M (8 bits, 4:2:0) or MP4 with H.264.")
    private @Nullable Path video;

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Budget budget = time == null ? Budget.DEFAULT : time.budget();
        if (resume && budget != Budget.THOROUGH) {
            throw new Refusal(
                    "Cannot go on with a comparison: only --thorough can be cut off. Add it, or leave out --resume.");
        }
        List<Scenario> chosenScenarios = Choice.of("scenario", scenarios, known(budget), Scenario::name);
        Available available = available(chosenScenarios);
        Optional<Report> old = report.earlier();
        Post post = Annotating.post(article);
        OwnFootage.use(video);
        Plan plan = Planner.plan(chosenScenarios, available.mechanisms(), budget);
        OutFolder folder = report.folder(resume);
        Terminal terminal = Terminal.current();
        if (!report.quiet()) {
            available.reasons().forEach(this::say);
            say(wrapped(PlanText.of(plan), terminal));
        }
        Measuring measuring =
                new Measuring(plan, folder, post, report, spec.commandLine().getOut());
        return budget == Budget.THOROUGH ? measuring.runResumably(old) : measuring.run(old);
    }

    /** Curves take their time. */
    private static List<Scenario> known(Budget budget) {
        List<Scenario> known = new ArrayList<>(Scenarios.all());
        if (budget == Budget.THOROUGH) {
            known.addAll(Curves.all());
        }
        return known;
    }

    /** What this machine lacks is left out with a line that says what to install, unless the user named it: then its cells say so. */
    private Available available(List<Scenario> measured) {
        List<Mechanism> known = Mechanisms.all().stream()
                .filter(each -> !each.isVariant() || measured.stream().anyMatch(scenario -> scenario.concerns(each)))
                .toList();
        List<Mechanism> chosen = Choice.of("mechanism", mechanisms, known, Mechanism::name);
        Path named = python;
        if (named != null) {
            PythonInUse.name(named);
            PythonInUse.missing().ifPresent(problem -> {
                throw new Refusal(problem);
            });
        }
        return mechanisms.isEmpty() ? Available.of(chosen) : Available.all(chosen);
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
