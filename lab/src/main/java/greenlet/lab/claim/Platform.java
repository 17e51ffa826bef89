package greenlet.lab.claim;

import java.util.List;

/** Where the figures come from; verdicts are given for each by itself. Immutable. */
public enum Platform {
    /** This project and the JDK's threads. */
    JVM("JVM"),
    /** Python's own greenlets and threads, measured beside ours if the machine has them. */
    PYTHON("Python");

    private final String label;

    Platform(String label) {
        this.label = label;
    }

    /**
     * What people read.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    /**
     * The mechanisms that may play a role here. If a scenario has figures of several, the first one that has any counts.
     *
     * @param role to play
     * @return names as in a report; empty if nothing plays it here
     */
    public List<String> mechanisms(Role role) {
        return switch (this) {
            case JVM ->
                switch (role) {
                    case GREENLETS -> List.of("greenlets");
                    case THREADS -> List.of("platform-threads");
                    case VIRTUAL_THREADS -> List.of("virtual-threads");
                };
            case PYTHON ->
                switch (role) {
                    case GREENLETS -> List.of("python-greenlets", "gevent");
                    case THREADS -> List.of("python-threads");
                    case VIRTUAL_THREADS -> List.of();
                };
        };
    }

    /**
     * The mechanism that needs nothing of its siblings: whatever cores there are, it uses.
     *
     * @return its name as in a report
     */
    String independent() {
        return this == JVM ? "processes" : "python-processes";
    }

    /**
     * What people read for a role where it matters which threads are meant.
     *
     * @param role to name
     * @return for example {@code platform threads}
     */
    public String label(Role role) {
        return switch (this) {
            case JVM -> role == Role.THREADS ? "platform threads" : role.label();
            case PYTHON -> "Python " + role.label();
        };
    }
}
