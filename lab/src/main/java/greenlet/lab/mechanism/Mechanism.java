package greenlet.lab.mechanism;

import java.util.Optional;

/**
 * A way to have several tasks under way at once.
 *
 * <p>To add one: a class that implements one of the three kinds, with a public constructor without parameters (the worker makes its own
 * instance), and its line in {@link Mechanisms}.
 *
 * <p>Immutable.
 */
public sealed interface Mechanism permits ThreadMechanism, Processes, ForeignMechanism {
    /** {@return the name on the command line and in reports, such as {@code virtual-threads}} Not a switch point. */
    String name();

    /** {@return one line that says what exactly is measured under this name} Not a switch point. */
    String about();

    /**
     * Whether it is another way to set up a mechanism that has a column already. Only scenarios that say so measure it. Not a switch point.
     *
     * @return false for what every scenario has a place for
     */
    default boolean isVariant() {
        return false;
    }

    /**
     * Why this machine cannot run it at all, asked while the plan is made. May block while it is found out.
     *
     * @return the reason with its remedy, or nothing if it runs here
     */
    default Optional<String> missing() {
        return Optional.empty();
    }
}
