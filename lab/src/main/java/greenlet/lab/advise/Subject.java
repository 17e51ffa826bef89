package greenlet.lab.advise;

import java.nio.file.Path;
import java.util.List;

/**
 * What advice is asked on.
 *
 * <p>Immutable.
 */
public sealed interface Subject {
    /** {@return a few words that name it} Not a switch point. */
    String title();

    /** {@return what one unit of the work is called, in the plural} Not a switch point. */
    String units();

    /**
     * Numbers only: a synthetic workload of that shape is measured.
     *
     * @param shape the numbers
     */
    record Numbers(Shape shape) implements Subject {
        @Override
        public String title() {
            return "%,d connections, each request waits %s ms and computes %s ms%s"
                    .formatted(
                            shape.connections(),
                            Numerals.plain(shape.waitNanos() / 1e6),
                            Numerals.plain(shape.cpuNanos() / 1e6),
                            shape.sharedState() ? ", shared state" : "");
        }

        @Override
        public String units() {
            return "requests";
        }
    }

    /**
     * A class whose instances are the work.
     *
     * @param title a few words that name it
     * @param className its name
     * @param classPath where it is, beside the lab's own classes
     * @param properties system properties that it needs, as {@code name=value}
     */
    record Code(String title, String className, List<Path> classPath, List<String> properties) implements Subject {
        /** Copies the lists. */
        public Code {
            classPath = List.copyOf(classPath);
            properties = List.copyOf(properties);
        }

        @Override
        public String units() {
            return "calls";
        }
    }
}
