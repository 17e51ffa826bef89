package greenlet.lab.scenario;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One thing to measure, the same for every mechanism.
 *
 * <p>To add one: a class that implements this, with a public constructor without parameters (the worker makes its own instance), and its
 * line in {@link Scenarios}. Each cell, a scenario at one size on one mechanism, is measured in several workers: fresh JVMs that call
 * {@link #measure} once each. Where a {@link greenlet.lab.mechanism.ForeignMechanism} takes part, its own program does the measuring.
 *
 * <p>Immutable.
 */
public interface Scenario {
    /** {@return the name on the command line and in reports} Not a switch point. */
    String name();

    /** {@return one line that says what it measures} Not a switch point. */
    String about();

    /**
     * The sizes to measure, the most telling one first. A quick comparison takes only that one; when time is short the plan drops sizes
     * from the end of this list. Not a switch point.
     *
     * @param budget how much time there is
     * @return at least one size
     */
    List<Size> sizes(Budget budget);

    /**
     * The figures that a worker gives at a size. Not a switch point.
     *
     * @param size one of the sizes
     * @return at least one metric, the main one first
     */
    List<Metric> metrics(Size size);

    /**
     * Whether its tables have a place for a mechanism at all; for {@linkplain Mechanism#isVariant() variants} not, unless a scenario says
     * otherwise. Not a switch point.
     *
     * @param mechanism a mechanism
     * @return false if nothing about it would be worth a cell
     */
    default boolean concerns(Mechanism mechanism) {
        return !mechanism.isVariant();
    }

    /**
     * Why a mechanism cannot do this, asked while the plan is made. Not a switch point.
     *
     * @param mechanism a mechanism
     * @param size one of the sizes
     * @return the reason, or nothing if it can
     */
    default Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return Optional.empty();
    }

    /**
     * How long one worker takes on two slow cores, start of its JVM included. A worker that takes several times as long is ended.
     * Not a switch point.
     *
     * @param mechanism a mechanism
     * @param size one of the sizes
     * @return the estimate
     */
    Duration cost(Mechanism mechanism, Size size);

    /**
     * How many workers measure a cell, one after another, interleaved with those of the other mechanisms. Not a switch point.
     *
     * @param budget how much time there is
     * @param size one of the sizes
     * @return at least one
     */
    default int forks(Budget budget, Size size) {
        return budget.forks();
    }

    /**
     * Flags of the worker's JVM, beside those that open the JDK to greenlets. Not a switch point.
     *
     * @param size one of the sizes
     * @return the flags
     */
    default List<String> jvmFlags(Size size) {
        return List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    }

    /**
     * The lab's own process on the other side, such as a server, for workers of a {@link greenlet.lab.mechanism.ForeignMechanism}; other
     * workers start it themselves. It ends when its standard input does. Not a switch point.
     *
     * @param size one of the sizes
     * @return its command line; empty if there is none
     */
    default List<String> partner(Size size) {
        return List.of();
    }

    /**
     * Measures one cell; called once in a worker's JVM. It warms up first and adds at least one sample of each metric.
     *
     * @param mechanism what to measure: a {@link greenlet.lab.mechanism.ThreadMechanism} or {@link greenlet.lab.mechanism.Processes}
     * @param size at which size
     * @param samples where the figures go
     * @throws Exception if it cannot be measured; its message becomes the reason in the report
     */
    void measure(Mechanism mechanism, Size size, Samples samples) throws Exception;
}
