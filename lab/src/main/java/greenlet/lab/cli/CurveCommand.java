package greenlet.lab.cli;

import greenlet.lab.curve.Curve;
import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code greenlet curve}: the curves of {@code compare --thorough} by themselves. */
@Command(
        name = "curve",
        description = {
            "Measures a server against its connections and against the CPU share of its requests, and says where the"
                    + " mechanisms cross.",
            "Can be cut off at any moment: the same command with the same --out, or --resume, goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all was measured",
            "2:wrong usage, nothing was measured",
            "3:some point failed; the report is written",
            "130:ended by Ctrl-C; the report is written and marked partial"
        })
final class CurveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CURVE", arity = "0..*", description = "connections, cpu-share. Without any: both.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "N",
            description = "Measure at these points, separated by commas: 10,1000 connections, or 0,50,100 percent."
                    + " For one curve only.")
    private List<Integer> points = new ArrayList<>();

    @Option(
            names = "--mechanism",
            split = ",",
            paramLabel = "NAME",
            description = "Only these mechanisms: greenlets, greenlets-per-core (a hub per core, cpu-share only),"
                    + " virtual-threads, platform-threads.")
    private List<String> mechanisms = new ArrayList<>();

    @Option(names = "--resume", description = "Go on with the latest one that was cut off.")
    private boolean resume;

    @Mixin
    private ReportOptions report = new ReportOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Curve> curves = curves();
        List<Mechanism> own = Mechanisms.all().stream()
                .filter(mechanism -> curves.stream().anyMatch(curve -> curve.concerns(mechanism)))
                .toList();
        List<Mechanism> chosen = Choice.of("mechanism of curves", mechanisms, own, Mechanism::name);
        Optional<Report> old = report.earlier();
        Plan plan = Planner.plan(List.copyOf(curves), chosen, Budget.THOROUGH);
        OutFolder folder = report.folder(resume);
        if (!report.quiet()) {
            spec.commandLine().getOut().println(PlanText.of(plan));
            spec.commandLine().getOut().flush();
        }
        return new Measuring(
                        plan,
                        folder,
                        Annotating.post(null),
                        report,
                        spec.commandLine().getOut())
                .runResumably(old);
    }

    private List<Curve> curves() {
        List<Curve> curves = Choice.of("curve", names, Curves.all(), Curve::name);
        if (points.isEmpty()) {
            return curves;
        }
        if (curves.size() != 1) {
            throw new Refusal("Cannot measure " + curves.size() + " curves at the points " + points
                    + ": each has an axis of its own. Name one: greenlet curve connections --at 10,1000.");
        }
        try {
            return List.of(curves.getFirst().at(points));
        } catch (IllegalArgumentException beyond) {
            throw new Refusal(String.valueOf(beyond.getMessage()));
        }
    }
}
