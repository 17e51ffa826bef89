package greenlet.lab.advise.example;

import greenlet.lab.advise.Subject;
import greenlet.lab.advise.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The examples of {@code advise}: a new one is a class and a line here.
 *
 * <p>Immutable.
 */
public enum Tasks {
    /** Waiting for somebody else's service. */
    HTTP_CLIENT(HttpClient.class),
    /** Serving connections. */
    ECHO_SERVER(EchoServer.class),
    /** Computing in large units. */
    VIDEO(Video.class),
    /** Computing in small units. */
    MATRIX(Matrix.class),
    /** Waiting for a pool of connections. */
    JDBC(Jdbc.class),
    /** Waiting and computing. */
    MIXED(Mixed.class);

    private final Class<? extends Workload> type;

    Tasks(Class<? extends Workload> type) {
        this.type = type;
    }

    /** {@return its name on the command line} Not a switch point. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return all of them} Not a switch point. */
    public static List<Tasks> all() {
        return Arrays.asList(values());
    }

    /**
     * It as a subject. Not a switch point.
     *
     * @param properties system properties that it needs, as {@code name=value}
     * @return the subject
     */
    public Subject.Code subject(List<String> properties) {
        return new Subject.Code("example " + label(), type.getName(), List.of(), properties);
    }
}
