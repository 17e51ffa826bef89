package greenlet.lab.scenario;

/**
 * Where a scenario, inside its worker, puts what it measured.
 *
 * <p>Safe for use from any thread.
 */
public interface Samples {
    /**
     * One measurement. May block while the parent is slow to read.
     *
     * @param metric name of one of the scenario's metrics
     * @param value the figure, in the metric's base unit
     */
    void add(String metric, double value);

    /**
     * What a reader must know about the figures of a metric, such as that a cap was reached. May block likewise.
     *
     * @param metric name of one of the scenario's metrics
     * @param text the remark
     */
    void remark(String metric, String text);
}
