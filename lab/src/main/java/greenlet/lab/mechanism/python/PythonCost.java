package greenlet.lab.mechanism.python;

import java.time.Duration;
import java.util.SortedMap;

/** How long the workers of Python take on two cores: there is no just-in-time compiler to warm up. */
final class PythonCost {
    private static final int MANY_REQUESTS = 200;
    private static final String PROCESSES = "python-processes";
    private static final String THREADS = "python-threads";

    private PythonCost() {}

    static Duration of(String scenario, String mechanism, SortedMap<String, String> parameters) {
        return Duration.ofMillis(
                switch (scenario) {
                    case "create" -> mechanism.equals(PROCESSES) ? 850 : 390;
                    case "switch" -> 370;
                    case "memory" -> parameters.containsKey("withinBytes") ? countMillis(mechanism) : 200;
                    case "sharing" -> mechanism.equals(THREADS) ? 720 : 470;
                    case "timeshare" -> 850;
                    case "requests" ->
                        requestsMillis(mechanism, Integer.parseInt(parameters.getOrDefault("concurrent", "1")));
                    case "science" -> 600;
                    default -> 1_750;
                });
    }

    private static int countMillis(String mechanism) {
        return mechanism.equals(THREADS) ? 4_300 : 1_100;
    }

    private static int requestsMillis(String mechanism, int concurrent) {
        if (concurrent <= MANY_REQUESTS) {
            return mechanism.equals(PROCESSES) ? 1_120 : 450;
        }
        return 3_000;
    }
}
