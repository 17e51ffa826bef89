package greenlet.lab.mechanism.python;

import java.time.Duration;
import java.util.SortedMap;

/** How long the workers of Python take on two slow cores: there is no just-in-time compiler to warm up. */
final class PythonCost {
    private static final int MANY_REQUESTS = 200;

    private PythonCost() {}

    static Duration of(String scenario, String mechanism, SortedMap<String, String> parameters) {
        return Duration.ofMillis(
                switch (scenario) {
                    case "create" -> mechanism.equals("python-processes") ? 1_200 : 500;
                    case "switch" -> 500;
                    case "memory" -> parameters.containsKey("withinBytes") ? countMillis(mechanism) : 500;
                    case "sharing" -> 900;
                    case "timeshare" -> 1_000;
                    case "requests" ->
                        requestsMillis(mechanism, Integer.parseInt(parameters.getOrDefault("concurrent", "1")));
                    case "science" -> 1_100;
                    default -> 2_000;
                });
    }

    private static int countMillis(String mechanism) {
        return mechanism.equals("python-threads") ? 6_000 : 1_600;
    }

    private static int requestsMillis(String mechanism, int concurrent) {
        if (concurrent <= MANY_REQUESTS) {
            return mechanism.equals("python-processes") ? 1_600 : 1_000;
        }
        return 3_000;
    }
}
