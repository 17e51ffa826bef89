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
                    case "create" -> mechanism.equals("python-processes") ? 1_000 : 450;
                    case "switch" -> 450;
                    case "memory" -> parameters.containsKey("withinBytes") ? countMillis(mechanism) : 450;
                    case "sharing" -> 700;
                    case "timeshare" -> 950;
                    case "requests" ->
                        requestsMillis(mechanism, Integer.parseInt(parameters.getOrDefault("concurrent", "1")));
                    case "science" -> 800;
                    default -> 2_200;
                });
    }

    private static int countMillis(String mechanism) {
        return mechanism.equals("python-threads") ? 5_000 : 1_500;
    }

    private static int requestsMillis(String mechanism, int concurrent) {
        if (concurrent <= MANY_REQUESTS) {
            return mechanism.equals("python-processes") ? 1_400 : 900;
        }
        return 3_000;
    }
}
