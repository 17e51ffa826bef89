package greenlet.lab.report;

import greenlet.lab.curve.Curves;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.scenario.Metric;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the overview. Immutable.
 *
 * @param scenario whose figure
 * @param label what it says
 * @param runs the run of each mechanism
 */
record OverviewRow(String scenario, String label, Map<String, Run> runs) {
    private static final String NONE = "-";
    private static final int PERCENT = 100;

    /** Also where it failed: that is seen in its place. */
    boolean isMeasuredOn(String mechanism) {
        Run run = runs.get(mechanism);
        return run != null && (run.isMeasured() || run.status() == Status.FAILED);
    }

    String name() {
        return label + (isHigherBetter() ? " ^" : "");
    }

    /** The median and how it stands in the row, or a word. */
    String value(String mechanism) {
        Run run = runs.get(mechanism);
        if (run == null) {
            return NONE + " ";
        }
        return switch (run.status()) {
            case MEASURED -> Quantity.words(run.median(), run.unit()) + mark(run);
            case NOT_APPLICABLE, SKIPPED -> NONE + " ";
            case FAILED -> "failed ";
        };
    }

    boolean isBest(String mechanism) {
        return best(mechanism).map(run -> run.mechanism().equals(mechanism)).orElse(false);
    }

    /**
     * How far the interval reaches from the median, to the farther side: {@code ±4%}, or {@code wide} from the median itself on. Nothing for
     * a single sample, or where all are equal.
     */
    String reach(String mechanism) {
        Run run = runs.get(mechanism);
        if (run == null || !run.isMeasured() || run.low() == run.high()) {
            return "";
        }
        double far = Math.max(run.high() - run.median(), run.median() - run.low()) / Math.abs(run.median());
        long percent = Math.round(far * PERCENT);
        // Nothing divided by nothing is not a number, which is no less than a hundred either.
        return far < 1 && percent < PERCENT ? String.format(Locale.ROOT, "±%d%%", percent) : "wide";
    }

    /** Of the mechanisms of the same platform: another one's is no choice. */
    private Optional<Run> best(String mechanism) {
        Comparator<Run> byMedian = Comparator.comparingDouble(Run::median);
        return runs.values().stream()
                .filter(run -> Overview.isPython(run.mechanism()) == Overview.isPython(mechanism))
                .filter(Run::isMeasured)
                .min(isHigherBetter() ? byMedian.reversed() : byMedian);
    }

    private boolean isHigherBetter() {
        Run any = runs.values().iterator().next();
        return Curves.metric(any.scenario(), any.metric())
                .map(metric -> metric.better() == Metric.Better.HIGHER)
                .orElse(false);
    }

    private String mark(Run run) {
        Run best = best(run.mechanism()).orElse(run);
        if (run.equals(best)) {
            return "*";
        }
        return run.interval().overlaps(best.interval()) ? "=" : " ";
    }
}
