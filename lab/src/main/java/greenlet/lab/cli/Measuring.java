package greenlet.lab.cli;

import greenlet.lab.article.Post;
import greenlet.lab.curve.Crossings;
import greenlet.lab.curve.Curves;
import greenlet.lab.fork.ClassArchive;
import greenlet.lab.fork.Comparison;
import greenlet.lab.fork.Journal;
import greenlet.lab.fork.JournalException;
import greenlet.lab.fork.Stop;
import greenlet.lab.fork.WorkerFlags;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.MachineFacts;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.measure.Run;
import greenlet.lab.mechanism.python.PythonInUse;
import greenlet.lab.plan.Plan;
import greenlet.lab.report.Changes;
import greenlet.lab.report.Overview;
import greenlet.lab.report.TerminalTable;
import greenlet.lab.report.Wrapped;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Carries a plan out and leaves its report: what {@code compare} and {@code curve} have in common. */
final class Measuring {
    private final Plan plan;
    private final OutFolder folder;
    private final Post post;
    private final ReportOptions options;
    private final PrintWriter out;

    Measuring(Plan plan, OutFolder folder, Post post, ReportOptions options, PrintWriter out) {
        this.plan = plan;
        this.folder = folder;
        this.post = post;
        this.options = options;
        this.out = out;
    }

    /** At once, from beginning to end. */
    int run(Optional<Report> old) throws IOException, InterruptedException {
        return measure(old, Optional.empty());
    }

    /** So that it can be cut off at any moment and go on later. */
    int runResumably(Optional<Report> old) throws IOException, InterruptedException {
        try (Journal journal = Journal.open(folder.file(Journal.NAME), Conditions.of(plan))) {
            if (journal.size() > 0) {
                say("Going on with what was begun at " + journal.startedAt() + ": " + journal.size() + " of "
                        + plan.workers() + " workers are done. To start anew delete "
                        + folder.path().resolve(Journal.NAME)
                        + ".");
            }
            return measure(old, Optional.of(journal));
        } catch (JournalException refused) {
            throw new Refusal(String.valueOf(refused.getMessage()));
        }
    }

    private int measure(Optional<Report> old, Optional<Journal> journal) throws IOException, InterruptedException {
        Terminal terminal = Terminal.current();
        Stop stop = new Stop();
        // From here on Ctrl-C ends the workers at once, and the JVM only when the report is written.
        try (Interrupt _ = Interrupt.install(stop)) {
            // Before the workers: afterwards the load would be their own.
            Machine machine = MachineFacts.gather(PythonInUse.facts());
            prepareWorkers(stop);
            Instant started = journal.map(Journal::startedAt).orElseGet(Instant::now);
            Comparison.Findings findings =
                    new Comparison(plan, Watchers.of(terminal, options.quiet(), System.err), stop, journal).run();
            Report report = report(machine, findings, Annotating.firstRun(folder, started));
            ReportFile.write(report, folder.file(ReportFile.NAME));
            Optional<String> problem = Annotating.write(report, post, folder);
            folder.publish();
            if (!findings.partial() && !findings.failed()) {
                journal.ifPresent(Journal::finish);
            }
            tell(report, old, problem, terminal);
            return findings.failed() ? ExitCode.PARTLY_FAILED : ExitCode.OK;
        }
    }

    private void tell(Report report, Optional<Report> old, Optional<String> problem, Terminal terminal) {
        if (options.quiet()) {
            return;
        }
        say(
                options.details()
                        ? new TerminalTable(terminal.width(), terminal.hasColour()).render(report)
                        : new Overview(terminal.width(), terminal.hasColour()).render(report));
        report.crossings()
                .forEach(crossing ->
                        out.print(Wrapped.lines(crossing.scenario() + ": ", crossing.words() + ".", terminal.width())));
        say(Advice.of(report, terminal.width()));
        old.ifPresent(before -> say(Changes.between(before, report).text()));
        problem.ifPresent(this::say);
        say("Report: " + folder.path());
    }

    /** Once after each build; see {@link ClassArchive}. */
    private void prepareWorkers(Stop stop) throws InterruptedException {
        if (!ClassArchive.use() && ClassArchive.isWorthMaking(plan.workers())) {
            say("Preparing the workers, once after each build ...");
            ClassArchive.make(stop);
            boolean _ = ClassArchive.use();
        }
    }

    private Report report(Machine machine, Comparison.Findings findings, Instant started) {
        List<Run> runs = Curves.alongTheAxis(findings.runs());
        return new Report(
                Report.SCHEMA,
                started,
                Instant.now(),
                plan.budget(),
                findings.partial(),
                machine,
                runs,
                Crossings.of(runs),
                WorkerFlags.of(plan));
    }

    private void say(String text) {
        if (!options.quiet()) {
            out.println(text);
            out.flush();
        }
    }
}
