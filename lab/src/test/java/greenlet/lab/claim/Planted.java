package greenlet.lab.claim;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reports with figures that nobody measured, for tests: what they say is known beforehand. */
public final class Planted {
    private final List<Run> runs = new ArrayList<>();
    private Budget budget = Budget.DEFAULT;
    private boolean partial;

    private Planted() {}

    public static Planted of() {
        return new Planted();
    }

    /** A report without a single run. */
    public static Report report() {
        return of().build();
    }

    Planted budget(Budget changed) {
        budget = changed;
        return this;
    }

    Planted partial() {
        partial = true;
        return this;
    }

    /** Five samples around a median, at most {@code spread} of it away. */
    public Planted around(Figure figure, String mechanism, double median, double spread, String... parameters) {
        double step = median * spread / 2;
        return samples(
                figure,
                mechanism,
                List.of(median - 2 * step, median - step, median, median + step, median + 2 * step),
                parameters);
    }

    public Planted samples(Figure figure, String mechanism, List<Double> samples, String... parameters) {
        runs.add(Run.measured(figure.scenario(), mechanism, figure.name(), "ns", parameters(parameters), samples));
        return this;
    }

    Planted without(Figure figure, String mechanism, String reason, String... parameters) {
        runs.add(Run.without(
                figure.scenario(),
                mechanism,
                figure.name(),
                "ns",
                parameters(parameters),
                Status.NOT_APPLICABLE,
                reason));
        return this;
    }

    private static SortedMap<String, String> parameters(String... pairs) {
        SortedMap<String, String> parameters = new TreeMap<>();
        Arrays.stream(pairs).map(pair -> pair.split("=")).forEach(pair -> parameters.put(pair[0], pair[1]));
        return parameters;
    }

    public Report build() {
        Instant time = Instant.parse("2026-11-23T08:00:00Z");
        Machine machine = new Machine(
                "Linux",
                "6.1",
                "amd64",
                "Planted CPU",
                2,
                8L << 30,
                "JDK 25",
                "VM 25",
                "0.1",
                Collections.emptySortedMap());
        return new Report(Report.SCHEMA, time, time.plusSeconds(300), budget, partial, machine, runs);
    }
}
