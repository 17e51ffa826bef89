package greenlet.lab.scenario.control;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** An order that a program may want its tasks to take turns in. */
enum Order {
    /** One after another, in a circle. */
    ROUND_ROBIN {
        @Override
        Chooser chooser() {
            return ready -> ready.getFirst();
        }
    },
    /** Always the one whose next step is the most urgent; of equals the one that has waited longest. */
    PRIORITY {
        @Override
        Chooser chooser() {
            return ready ->
                    ready.stream().max(Comparator.comparingInt(Task::priority)).orElseThrow();
        }
    },
    /** By lot, and the same lot for the same seed. */
    SEEDED {
        @Override
        Chooser chooser() {
            RandomGenerator lots = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
            return ready -> ready.get(lots.nextInt(ready.size()));
        }
    };

    static final long SEED = 20230415;

    /** Decides who is next. */
    @FunctionalInterface
    interface Chooser {
        /** Chooses one of the tasks that have steps left, given in the order in which they last ran. */
        Task choose(List<Task> ready);
    }

    /** What decides for one run; it may remember what it decided before. */
    abstract Chooser chooser();

    /** As it stands in the names of metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
