package greenlet.lab.advise.report;

import greenlet.lab.advise.Advice;
import greenlet.lab.advise.Adviser;
import greenlet.lab.advise.Curve;
import greenlet.lab.advise.Demand;
import greenlet.lab.advise.Findings;
import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Profile;
import greenlet.lab.advise.Shape;
import greenlet.lab.advise.Subject;
import greenlet.lab.measure.Machine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of advice with all that it rests on. {@code docs/advise.md} documents it as a file.
 *
 * <p>Immutable.
 *
 * @param schema version of this layout
 * @param createdAt when it was given
 * @param subject what was asked on
 * @param demand within which limits
 * @param machine where it was measured
 * @param profile what one call does; {@code null} if that could not be measured
 * @param character what the calls are like, in sentences
 * @param curves what was measured, one for each way
 * @param advice the answer
 * @param problems what went wrong
 * @param partial what was left out; {@code null} if nothing was
 */
public record AdviceReport(
        int schema,
        Instant createdAt,
        Asked subject,
        Limits demand,
        Machine machine,
        @Nullable Call profile,
        List<String> character,
        List<Curve> curves,
        Advice advice,
        List<Problem> problems,
        @Nullable String partial) {
    /** The layout that this version writes. */
    public static final int SCHEMA = 1;

    /**
     * What was asked on.
     *
     * @param kind {@code numbers} or {@code code}
     * @param title a few words that name it
     * @param units what one unit of the work is called
     * @param className the class; {@code null} for numbers
     * @param shape the numbers; {@code null} for code
     */
    public record Asked(
            String kind,
            String title,
            String units,
            @Nullable String className,
            @Nullable Shape shape) {}

    /**
     * Within which limits.
     *
     * @param memoryBytes the most memory; {@code null} if it did not matter
     * @param p99Nanos the longest that one in a hundred may take longer than; {@code null} if it did not matter
     * @param maxTimeSeconds how long measuring might take
     * @param maxConcurrency the most callers at once
     * @param rounds how often decisive figures were measured
     */
    public record Limits(
            @Nullable Long memoryBytes,
            @Nullable Long p99Nanos,
            double maxTimeSeconds,
            int maxConcurrency,
            int rounds) {}

    /**
     * What one call does when nothing else runs.
     *
     * @param wallNanos how long it takes
     * @param cpuNanos how much of that it computes
     * @param blockedShare the share that it is blocked, 0 to 1
     * @param handOffs how often it blocks a hub's carrier
     * @param stallNanos how long a sibling on the same hub waits for it
     * @param stalledIn where in the code; {@code null} if not known
     */
    public record Call(
            double wallNanos,
            double cpuNanos,
            double blockedShare,
            double handOffs,
            long stallNanos,
            @Nullable String stalledIn) {}

    /** Copies the lists. */
    public AdviceReport {
        character = List.copyOf(character);
        curves = List.copyOf(curves);
        problems = List.copyOf(problems);
    }

    /**
     * Puts a report together. Not a switch point.
     *
     * @param findings what was measured
     * @param machine where
     * @param createdAt when
     * @return the report, with the advice that follows from the findings
     */
    public static AdviceReport of(Findings findings, Machine machine, Instant createdAt) {
        return new AdviceReport(
                SCHEMA,
                createdAt,
                asked(findings.subject()),
                limits(findings.demand()),
                machine,
                call(findings.profile()),
                Adviser.character(findings),
                findings.curves(),
                Adviser.advise(findings),
                findings.problems(),
                findings.partial());
    }

    private static Asked asked(Subject subject) {
        return switch (subject) {
            case Subject.Numbers numbers ->
                new Asked("numbers", numbers.title(), numbers.units(), null, numbers.shape());
            case Subject.Code code -> new Asked("code", code.title(), code.units(), code.className(), null);
        };
    }

    private static Limits limits(Demand demand) {
        return new Limits(
                demand.memoryBytes(),
                demand.p99Nanos(),
                demand.maxTime().toMillis() / 1000.0,
                demand.maxConcurrency(),
                demand.rounds());
    }

    private static @Nullable Call call(@Nullable Profile profile) {
        return profile == null
                ? null
                : new Call(
                        profile.wallNanos(),
                        profile.cpuNanos(),
                        profile.blockedShare(),
                        profile.handOffs(),
                        profile.stallNanos(),
                        profile.stalledIn());
    }
}
