package greenlet.lab.mechanism;

import org.jspecify.annotations.Nullable;

/** Makes a worker's own instance of a mechanism or scenario from the name of its class. */
public final class MechanismInstance {
    private MechanismInstance() {}

    /**
     * Makes an instance. Not a switch point.
     *
     * @param className name of a class with a public constructor without parameters
     * @return the mechanism
     * @throws IllegalArgumentException if there is no such class or it is no mechanism
     */
    public static Mechanism of(@Nullable String className) {
        try {
            return Class.forName(className)
                    .asSubclass(Mechanism.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | NullPointerException bad) {
            throw new IllegalArgumentException(
                    "Cannot make a mechanism of '" + className
                            + "'. Name a class that implements Mechanism and has a public constructor without"
                            + " parameters.",
                    bad);
        }
    }
}
