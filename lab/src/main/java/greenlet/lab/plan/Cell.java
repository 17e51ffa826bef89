package greenlet.lab.plan;

import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.Optional;

/**
 * A scenario at one size on one mechanism: what one worker measures.
 *
 * <p>Immutable.
 *
 * @param scenario what is measured
 * @param size at which size
 * @param mechanism on which mechanism
 * @param inapplicable why it cannot be measured, or empty
 */
public record Cell(Scenario scenario, Size size, Mechanism mechanism, Optional<String> inapplicable) {
    /**
     * How many workers measure this cell. Not a switch point.
     *
     * @param jvms how many measure each cell of its group if they are JVMs
     * @return the number
     */
    public int forks(int jvms) {
        return switch (mechanism) {
            case ForeignMechanism foreign -> foreign.forks(jvms);
            case ThreadMechanism _, Processes _ -> jvms;
        };
    }

    /** {@return how long one worker takes; nothing if it will not be started} Not a switch point. */
    public Duration cost() {
        if (inapplicable.isPresent()) {
            return Duration.ZERO;
        }
        return switch (mechanism) {
            case ForeignMechanism foreign -> foreign.cost(scenario.name(), size.parameters());
            case ThreadMechanism threads -> scenario.cost(threads, size);
            case Processes processes -> scenario.cost(processes, size);
        };
    }
}
