package greenlet.lab.measure;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure: a scenario, a mechanism, a metric and the parameters of the size it was measured at.
 *
 * <p>Immutable.
 *
 * @param scenario name of the scenario, for instance {@code memory}
 * @param mechanism name of the mechanism, for instance {@code virtual-threads}
 * @param metric name of the metric within the scenario, for instance {@code resident}
 * @param unit unit of every number here: {@code ns}, {@code bytes}, {@code 1}, {@code 1/s}, …; never scaled
 * @param parameters the size, for instance {@code depth=10}
 * @param status what became of it; the numbers are {@code NaN} and the samples empty unless {@link Status#MEASURED}
 * @param reason why it was not measured, or a remark on how it was; {@code null} if there is nothing to say
 * @param median the median of the samples
 * @param low lower end of the interval of the median, see {@link Interval}
 * @param high upper end of that interval
 * @param samples the single measurements, in the order they were taken
 */
public record Run(
        String scenario,
        String mechanism,
        String metric,
        String unit,
        SortedMap<String, String> parameters,
        Status status,
        @Nullable String reason,
        double median,
        double low,
        double high,
        List<Double> samples) {

    /** Checks that status and numbers agree, copies the collections, and takes from the reason what a terminal would obey. */
    public Run {
        reason = reason == null ? null : PlainText.of(reason);
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        samples = List.copyOf(samples);
        boolean figures = !Double.isNaN(median) && low <= median && median <= high && !samples.isEmpty();
        if (status == Status.MEASURED && !figures) {
            throw new IllegalArgumentException("Cannot record " + scenario + "/" + mechanism + "/" + metric
                    + " as measured: median " + median + " in [" + low + ", " + high + "] of " + samples.size()
                    + " samples. Give at least one sample and low <= median <= high.");
        }
        if (status != Status.MEASURED && reason == null) {
            throw new IllegalArgumentException("Cannot record " + scenario + "/" + mechanism + "/" + metric + " as "
                    + status + " without a reason. Say why it has no figures.");
        }
    }

    /**
     * A measured run; median and interval are computed from the samples. Not a switch point.
     *
     * @param scenario the scenario
     * @param mechanism the mechanism
     * @param metric the metric
     * @param unit the unit
     * @param parameters the size
     * @param samples at least one sample
     * @return the run
     */
    public static Run measured(
            String scenario,
            String mechanism,
            String metric,
            String unit,
            SortedMap<String, String> parameters,
            List<Double> samples) {
        Interval interval = Interval.ofMedian(samples);
        return new Run(
                scenario,
                mechanism,
                metric,
                unit,
                parameters,
                Status.MEASURED,
                null,
                interval.median(),
                interval.low(),
                interval.high(),
                samples);
    }

    /**
     * A run without figures. Not a switch point.
     *
     * @param scenario the scenario
     * @param mechanism the mechanism
     * @param metric the metric
     * @param unit the unit
     * @param parameters the size
     * @param status anything but {@link Status#MEASURED}
     * @param reason why there are no figures
     * @return the run
     */
    public static Run without(
            String scenario,
            String mechanism,
            String metric,
            String unit,
            SortedMap<String, String> parameters,
            Status status,
            String reason) {
        return new Run(
                scenario,
                mechanism,
                metric,
                unit,
                parameters,
                status,
                reason,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of());
    }

    /**
     * The same run with a remark. Not a switch point.
     *
     * @param remark what to know about these figures
     * @return the run
     */
    public Run remarked(@Nullable String remark) {
        return new Run(scenario, mechanism, metric, unit, parameters, status, remark, median, low, high, samples);
    }

    /** {@return whether this run has figures} Not a switch point. */
    public boolean isMeasured() {
        return status == Status.MEASURED;
    }

    /** {@return the median and its interval} Not a switch point. */
    public Interval interval() {
        return new Interval(median, low, high);
    }
}
