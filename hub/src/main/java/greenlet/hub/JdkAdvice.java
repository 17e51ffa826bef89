package greenlet.hub;

import java.util.Optional;

/**
 * What whoever runs hubs should know about this JDK. For {@code --version}, dumps and reports; a hub itself prints nothing.
 *
 * <p>Immutable.
 */
public final class JdkAdvice {
    private static final Runtime.Version FIXED = Runtime.Version.parse("25.0.4");

    private JdkAdvice() {}

    /**
     * The advice for the JDK that runs this. Not a switch point.
     *
     * @return one sentence with the remedy, or empty if nothing is known against it
     */
    public static Optional<String> forThisJdk() {
        return forVersion(Runtime.version());
    }

    static Optional<String> forVersion(Runtime.Version version) {
        if (version.feature() != FIXED.feature() || version.compareToIgnoreOptional(FIXED) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                "JDK " + version + " has a known bug that can leave a virtual thread blocked on a monitor for"
                        + " ever (JDK-8373120): update to 25.0.4 or later.");
    }
}
