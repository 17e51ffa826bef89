package greenlet.lab.fork;

import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.plan.Cell;
import greenlet.lab.scenario.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the workers of one cell have said so far, and the runs that it makes. */
final class CellResult {
    private final Cell cell;
    private final Map<String, List<Double>> samples = new HashMap<>();
    private final Map<String, String> remarks = new HashMap<>();
    private final Map<String, String> without = new HashMap<>();
    private int measured;
    private @Nullable String inapplicable;
    private @Nullable String failure;
    private @Nullable String skipped;

    CellResult(Cell cell) {
        this.cell = cell;
        inapplicable = cell.inapplicable().orElse(null);
    }

    Cell cell() {
        return cell;
    }

    /** After a failure no further worker is started: it would most likely fail too, and a hang costs its time limit each time. */
    boolean isOpen() {
        return inapplicable == null && failure == null && skipped == null;
    }

    boolean isFailed() {
        return failure != null;
    }

    void add(Outcome outcome) {
        switch (outcome) {
            case Outcome.Measured(List<SampleLine> lines) -> {
                measured++;
                lines.forEach(this::add);
            }
            case Outcome.NotApplicable(String reason) -> inapplicable = reason;
            case Outcome.Failed(String reason) -> failure = reason;
            case Outcome.Interrupted() -> skip("interrupted");
        }
    }

    void skip(String reason) {
        skipped = reason;
    }

    private void add(SampleLine line) {
        switch (line) {
            case SampleLine.Sample(String metric, double value) ->
                samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
            case SampleLine.Remark(String metric, String text) -> remarks.put(metric, text);
            case SampleLine.Without(String metric, String reason) -> without.put(metric, reason);
            case SampleLine.NotApplicable _, SampleLine.Failed _, SampleLine.Done _ -> {}
        }
    }

    /** One run per metric, measured or not. */
    List<Run> runs() {
        return cell.scenario().metrics(cell.size()).stream().map(this::run).toList();
    }

    private Run run(Metric metric) {
        List<Double> found = samples.getOrDefault(metric.name(), List.of());
        if (!found.isEmpty()) {
            return Run.measured(
                            cell.scenario().name(),
                            cell.mechanism().name(),
                            metric.name(),
                            metric.unit(),
                            cell.size().parameters(),
                            found)
                    .remarked(remark(metric));
        }
        String reason = inapplicable == null ? without.get(metric.name()) : inapplicable;
        if (reason != null) {
            return without(metric, Status.NOT_APPLICABLE, reason);
        }
        if (failure != null) {
            return without(metric, Status.FAILED, failure);
        }
        if (skipped != null) {
            return without(metric, Status.SKIPPED, skipped);
        }
        return without(metric, Status.FAILED, "its worker gave no figure of this metric");
    }

    private @Nullable String remark(Metric metric) {
        if (failure != null) {
            return "of " + measured + " worker" + (measured == 1 ? "" : "s") + "; the next one failed: " + failure;
        }
        if (skipped != null) {
            return "of " + measured + " worker" + (measured == 1 ? "" : "s") + "; then " + skipped;
        }
        return remarks.get(metric.name());
    }

    private Run without(Metric metric, Status status, String reason) {
        return Run.without(
                cell.scenario().name(),
                cell.mechanism().name(),
                metric.name(),
                metric.unit(),
                cell.size().parameters(),
                status,
                reason);
    }
}
