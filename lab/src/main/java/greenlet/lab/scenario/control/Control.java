package greenlet.lab.scenario.control;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One program in three orders that the program chooses: how many different traces its runs leave, and how many runs kept to the order.
 * Greenlets are explicit ones here.
 *
 * <p>Immutable.
 */
public final class Control implements Scenario {
    private static final Metric REPEATED =
            Metric.higher("repeated", "1", "share of the runs that leave the same trace as the first");
    private static final int RUNS = 20;
    private static final int WARM_UPS = 20;

    @Override
    public String name() {
        return "control";
    }

    @Override
    public String about() {
        return "the order of the tasks, chosen by the program";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return List.of(Size.ONLY);
    }

    @Override
    public List<Metric> metrics(Size size) {
        List<Metric> all = new ArrayList<>();
        all.add(REPEATED);
        for (Order order : Order.values()) {
            all.add(Metric.lower(distinct(order), "1", "different traces among " + RUNS + " runs, " + order.label()));
            all.add(Metric.higher(followed(order), "1", "share of the runs that kept to the order, " + order.label()));
        }
        return all;
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return mechanism instanceof Processes
                ? Optional.of(
                        "the operating system orders processes as it orders platform threads, and they share no trace")
                : Optional.empty();
    }

    @Override
    public int forks(Budget budget, Size size) {
        return budget == Budget.DEFAULT ? 2 : budget.forks();
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Duration.ofMillis(600);
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        if (mechanism instanceof Greenlets) {
            measure(new GreenletPerformer(), samples);
        } else if (mechanism instanceof ThreadMechanism threads) {
            try (ThreadMechanism.Running running = threads.open()) {
                measure(new ThreadPerformer(running.threads()), samples);
            }
        } else {
            throw new IllegalArgumentException("Cannot trace tasks of '" + mechanism.name()
                    + "': they share no memory. Name a mechanism whose tasks are threads.");
        }
    }

    private static void measure(Performer performer, Samples samples) throws Exception {
        for (Order order : Order.values()) {
            Traces.of(performer, order, WARM_UPS);
        }
        double repeated = 0;
        for (Order order : Order.values()) {
            Traces traces = Traces.of(performer, order, RUNS);
            repeated += traces.repeated();
            samples.add(distinct(order), traces.distinct());
            samples.add(followed(order), traces.shareOf(Program.wanted(order)));
        }
        samples.add(REPEATED.name(), repeated / Order.values().length);
    }

    private static String distinct(Order order) {
        return "distinct-" + order.label();
    }

    private static String followed(Order order) {
        return "followed-" + order.label();
    }
}
