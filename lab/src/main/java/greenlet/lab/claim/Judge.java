package greenlet.lab.claim;

import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the figures of a report against the bars of the catalogue, and nothing else.
 *
 * <p>Immutable.
 */
public final class Judge {
    private static final int ENOUGH_SAMPLES = 3;

    private final Report report;

    private Judge(Report report) {
        this.report = report;
    }

    /**
     * A judge of a report.
     *
     * @param report whose figures count
     * @return the judge
     */
    public static Judge of(Report report) {
        return new Judge(report);
    }

    /**
     * Judges a claim. One that rests on others is judged by their questions.
     *
     * @param claim of the catalogue
     * @return the verdict; without answers if the claim is not one to measure
     */
    public Verdict judge(Claim claim) {
        List<Answer> answers = new ArrayList<>();
        for (Question question : questions(claim)) {
            for (Platform platform : Platform.values()) {
                if (isPosed(question, platform)) {
                    answers.add(answer(question, platform));
                }
            }
        }
        return new Verdict(claim, answers);
    }

    /**
     * The platforms that the report has measured figures of.
     *
     * @return the JVM first
     */
    public List<Platform> platforms() {
        return Arrays.stream(Platform.values())
                .filter(platform -> Arrays.stream(Role.values())
                        .flatMap(role -> platform.mechanisms(role).stream())
                        .anyMatch(this::isMeasured))
                .toList();
    }

    private boolean isMeasured(String mechanism) {
        return report.runs().stream()
                .anyMatch(run -> run.isMeasured() && run.mechanism().equals(mechanism));
    }

    static List<Question> questions(Claim claim) {
        List<Question> all = new ArrayList<>(claim.questions());
        claim.restsOn().forEach(id -> all.addAll(questions(Claims.require(id))));
        return all;
    }

    private static boolean isPosed(Question question, Platform platform) {
        return roles(question.measure()).stream()
                .noneMatch(role -> platform.mechanisms(role).isEmpty());
    }

    private static List<Role> roles(Measure measure) {
        return switch (measure) {
            case Measure.Ratio(Figure figure, Role over, Role under) -> List.of(over, under);
            case Measure.Growth(Figure figure, Role role, String parameter) -> List.of(role);
            case Measure.Level(Figure figure, Role role) -> List.of(role);
        };
    }

    /**
     * Answers one question on one platform.
     *
     * @param question to ask of the figures
     * @param platform whose figures
     * @return the answer, with a reason if there are no figures
     */
    public Answer answer(Question question, Platform platform) {
        Optional<String> unfit = question.measure() instanceof Measure.Growth growth
                ? noCoreToGrowOn(growth, platform)
                : Optional.empty();
        if (unfit.isPresent()) {
            return Answer.none(question, platform, unfit.get());
        }
        List<Finding> findings = switch (question.measure()) {
            case Measure.Ratio ratio -> ratios(ratio, question.bar(), platform);
            case Measure.Growth growth -> growth(growth, question.bar(), platform);
            case Measure.Level level -> levels(level, question.bar(), platform);
        };
        if (findings.isEmpty()) {
            return Answer.none(question, platform, reason(question.measure(), platform));
        }
        return Answer.of(question, platform, strength(findings), findings);
    }

    private List<Finding> ratios(Measure.Ratio measure, Bar bar, Platform platform) {
        List<Finding> findings = new ArrayList<>();
        List<Run> under = runs(measure.figure(), platform, measure.under());
        for (Run over : runs(measure.figure(), platform, measure.over())) {
            under.stream()
                    .filter(run -> run.parameters().equals(over.parameters()))
                    .filter(run -> RatioInterval.isDefined(over, run))
                    .findFirst()
                    .ifPresent(run -> findings.add(ratio(over.parameters(), over, run, bar)));
        }
        return findings;
    }

    private static Finding ratio(SortedMap<String, String> parameters, Run over, Run under, Bar bar) {
        Interval interval = RatioInterval.of(over, under);
        // One sample has no interval, so its ratio must be beyond the margin by the margin once more.
        boolean single = Math.min(over.samples().size(), under.samples().size()) == 1;
        Outcome outcome = (single ? bar.squared() : bar).judge(interval, Outcome.TIE);
        return new Finding(parameters, interval, outcome, List.of(over, under));
    }

    /**
     * Whether a machine that somebody else uses, or that is a slice of one, had no further core to give: then not even processes gain by more
     * of them, and what greenlets and threads do with cores cannot be seen.
     */
    private Optional<String> noCoreToGrowOn(Measure.Growth measure, Platform platform) {
        List<Run> control = runs(measure.figure(), platform.independent());
        return growth(control, measure, Claims.USES_CORES).stream()
                .filter(finding -> finding.outcome() != Outcome.HOLDS)
                .findFirst()
                .map(finding -> "there was no core to spare: not even "
                        + platform.independent().replace('-', ' ')
                        + " gained enough by more " + measure.parameter() + " ("
                        + String.format(Locale.ROOT, "%.2f", finding.figure().median()) + " times the "
                        + measure.figure().scenario() + ")");
    }

    private List<Finding> growth(Measure.Growth measure, Bar bar, Platform platform) {
        return growth(runs(measure.figure(), platform, measure.role()), measure, bar);
    }

    private static List<Finding> growth(List<Run> all, Measure.Growth measure, Bar bar) {
        Map<SortedMap<String, String>, List<Run>> byRest = new LinkedHashMap<>();
        for (Run run : all) {
            SortedMap<String, String> rest = new TreeMap<>(run.parameters());
            if (number(rest.remove(measure.parameter())).isPresent()) {
                byRest.computeIfAbsent(rest, any -> new ArrayList<>()).add(run);
            }
        }
        Comparator<Run> byParameter = Comparator.comparingDouble(
                run -> number(run.parameters().get(measure.parameter())).orElseThrow());
        List<Finding> findings = new ArrayList<>();
        byRest.forEach((rest, runs) -> {
            Run fewest = runs.stream().min(byParameter).orElseThrow();
            Run most = runs.stream().max(byParameter).orElseThrow();
            if (byParameter.compare(fewest, most) < 0 && RatioInterval.isDefined(most, fewest)) {
                Interval interval = RatioInterval.of(most, fewest);
                Outcome outcome = bar.judge(interval, Outcome.DEPENDS);
                findings.add(new Finding(most.parameters(), interval, outcome, List.of(most, fewest)));
            }
        });
        return findings;
    }

    private static OptionalDouble number(@Nullable String value) {
        try {
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private List<Finding> levels(Measure.Level measure, Bar bar, Platform platform) {
        return runs(measure.figure(), platform, measure.role()).stream()
                .map(run -> new Finding(
                        run.parameters(), run.interval(), bar.judge(run.interval(), Outcome.DEPENDS), List.of(run)))
                .toList();
    }

    /** The measured runs of the first mechanism that has any. */
    private List<Run> runs(Figure figure, Platform platform, Role role) {
        return platform.mechanisms(role).stream()
                .map(mechanism -> runs(figure, mechanism))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<Run> runs(Figure figure, String mechanism) {
        return report.runs().stream()
                .filter(run -> run.isMeasured() && run.mechanism().equals(mechanism) && figure.covers(run))
                .toList();
    }

    private String reason(Measure measure, Platform platform) {
        List<String> mechanisms = roles(measure).stream()
                .flatMap(role -> platform.mechanisms(role).stream())
                .toList();
        Optional<String> told = report.runs().stream()
                .filter(run ->
                        measure.figure().covers(run) && mechanisms.contains(run.mechanism()) && !run.isMeasured())
                .map(run -> run.mechanism() + ": " + run.reason())
                .findFirst();
        String figure = measure.figure().scenario() + "/" + measure.figure().name();
        boolean measured = roles(measure).stream()
                .anyMatch(role -> !runs(measure.figure(), platform, role).isEmpty());
        if (measure instanceof Measure.Growth(Figure _, Role _, String parameter) && measured) {
            return told.orElse(figure + " was measured at one number of " + parameter + " only");
        }
        return told.orElse("no figures of " + figure + " to compare");
    }

    private Strength strength(List<Finding> findings) {
        boolean fewSamples = findings.stream()
                .flatMap(finding -> finding.runs().stream())
                .anyMatch(run -> run.samples().size() < ENOUGH_SAMPLES);
        boolean hint = report.budget().isIndicative() || report.partial() || fewSamples;
        return hint ? Strength.INDICATED : Strength.FOUND;
    }
}
